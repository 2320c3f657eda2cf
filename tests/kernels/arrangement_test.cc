// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that give a tensor's elements other places, or repeat them: TILE, BROADCAST_TO,
// REVERSE_V2, SPACE_TO_DEPTH, DEPTH_TO_SPACE, SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND, FILL,
// ZEROS_LIKE.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"

namespace earshot {
namespace {

using test::Random;
using test::Shape;

constexpr uint32_t kCases = 60;

TEST(TileTest, RepeatsAlongEachAxis) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = test::AnyShape(random, 1, 4, 3);
    Shape times, output;
    for (const int32_t extent : input) {
      times.push_back(random.Between(1, 3));
      output.push_back(extent * times.back());
    }
    test::ExpectMoved(random, {BuiltinOperator::TILE, input, {test::ConstantInt32(times)}, output},
                      [&](Shape place) {
                        for (size_t i = 0; i < place.size(); ++i) place[i] %= input[i];
                        return place;
                      });
  }
}

TEST(BroadcastToTest, RepeatsWhatIsOne) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape output = test::AnyShape(random, 1, 5, 3);
    Shape input = output;
    for (int32_t& extent : input) {
      if (random.Between(0, 1) == 0) extent = 1;
    }
    const int32_t missing =
        random.Between(0, 1) == 0 ? 0 : random.Between(0, static_cast<int32_t>(input.size()));
    input.erase(input.begin(), input.begin() + missing);
    test::ExpectMoved(random,
                      {BuiltinOperator::BROADCAST_TO, input, {test::ConstantInt32(output)}, output},
                      [&](Shape place) {
                        place.erase(place.begin(), place.begin() + missing);
                        for (size_t i = 0; i < place.size(); ++i) place[i] %= input[i];
                        return place;
                      });
  }
}

TEST(ReverseV2Test, GoesBackward) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = test::AnyShape(random, 1, 5);
    const auto rank = static_cast<int32_t>(input.size());
    std::vector<bool> backward;
    Shape axes;
    for (int32_t axis = 0; axis < rank; ++axis) {
      backward.push_back(random.Between(0, 2) != 0);
      if (backward.back()) axes.push_back(random.Between(0, 1) == 0 ? axis : axis - rank);
    }
    if (axes.empty()) continue;
    test::ExpectMoved(random,
                      {BuiltinOperator::REVERSE_V2, input, {test::ConstantInt32(axes)}, input},
                      [&](Shape place) {
                        for (size_t i = 0; i < place.size(); ++i) {
                          if (backward[i]) place[i] = input[i] - 1 - place[i];
                        }
                        return place;
                      });
  }
}

TEST(SpaceToDepthTest, MovesBlocksThereAndBack) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t block = random.Between(1, 3), channels = random.Between(1, 3);
    const Shape depth = {random.Between(1, 2), random.Between(1, 3), random.Between(1, 3),
                         block * block * channels};
    const Shape space = {depth[0], depth[1] * block, depth[2] * block, channels};
    test::ExpectMoved(
        random,
        {BuiltinOperator::SPACE_TO_DEPTH, space, {}, depth, test::SpaceToDepthOptions(block)},
        [&](const Shape& place) {
          const int32_t pixel = place[3] / channels;
          return Shape{place[0], place[1] * block + pixel / block, place[2] * block + pixel % block,
                       place[3] % channels};
        });
    test::ExpectMoved(
        random,
        {BuiltinOperator::DEPTH_TO_SPACE, depth, {}, space, test::DepthToSpaceOptions(block)},
        [&](const Shape& place) {
          const int32_t pixel = place[1] % block * block + place[2] % block;
          return Shape{place[0], place[1] / block, place[2] / block, pixel * channels + place[3]};
        });
  }
}

// Both operators with the same numbers: [images, height, width, channels], or without the width.
struct Blocks {
  Shape space, batch, block, around;
  std::vector<test::TensorSpec> Constants() const {
    const auto axes = static_cast<int32_t>(block.size());
    return {test::ConstantInt32(block),
            {{axes, 2}, TensorType::INT32, {}, {}, test::BytesOf(around)}};
  }
};

Blocks AnyBlocks(Random& random) {
  Blocks blocks;
  const int32_t axes = random.Between(1, 2);
  blocks.space = {random.Between(1, 2)};
  blocks.batch = {blocks.space[0]};
  for (int32_t axis = 0; axis < axes; ++axis) {
    const int32_t block = random.Between(1, 3), extent = random.Between(1, 5);
    const int32_t before = random.Between(0, 3);
    const int32_t after =
        random.Between(0, 1) * block + (block - (before + extent) % block) % block;
    blocks.space.push_back(extent);
    blocks.batch.push_back((before + extent + after) / block);
    blocks.batch[0] *= block;
    blocks.block.push_back(block);
    blocks.around.push_back(before);
    blocks.around.push_back(after);
  }
  blocks.space.push_back(random.Between(1, 3));
  blocks.batch.push_back(blocks.space.back());
  return blocks;
}

TEST(SpaceToBatchTest, MakesImagesOfPlacesInBlocks) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Blocks blocks = AnyBlocks(random);
    test::ExpectMoved(
        random,
        {BuiltinOperator::SPACE_TO_BATCH_ND, blocks.space, blocks.Constants(), blocks.batch},
        [&](Shape place) {
          int32_t rest = place[0] / blocks.space[0];
          place[0] %= blocks.space[0];
          for (size_t axis = blocks.block.size(); axis > 0; --axis) {
            const int32_t block = blocks.block[axis - 1];
            place[axis] = place[axis] * block + rest % block - blocks.around[2 * axis - 2];
            rest /= block;
            if (place[axis] < 0 || place[axis] >= blocks.space[axis]) return test::kFilled;
          }
          return place;
        });
  }
}

TEST(SpaceToBatchTest, BatchToSpaceGoesBack) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Blocks blocks = AnyBlocks(random);
    test::ExpectMoved(
        random,
        {BuiltinOperator::BATCH_TO_SPACE_ND, blocks.batch, blocks.Constants(), blocks.space},
        [&](Shape place) {
          int32_t in_block = 0;
          for (size_t axis = 1; axis <= blocks.block.size(); ++axis) {
            const int32_t block = blocks.block[axis - 1];
            place[axis] += blocks.around[2 * axis - 2];
            in_block = in_block * block + place[axis] % block;
            place[axis] /= block;
          }
          place[0] += in_block * blocks.space[0];
          return place;
        });
  }
}

TEST(FillTest, RepeatsOneElement) {
  Random random(1);
  for (const TensorType type : test::kMovedTypes) {
    test::Movement movement = {
        BuiltinOperator::FILL, {}, {test::ConstantInt32({2, 3})}, {2, 3}, {}, 1};
    test::ExpectMovedAs(type, random, movement, [](const Shape&) { return Shape{}; });
    // A shape that the model computes: the output's own counts.
    movement.constants.clear();
    movement.data = 0;
    test::ModelBuilder builder;
    const int shape = builder.AddTensor({{2}, TensorType::INT64});
    const int value = builder.AddTensor(test::Moved(type, {}));
    const int output = builder.AddTensor(test::Moved(type, {4}));
    builder.AddOperator(BuiltinOperator::FILL, {shape, value}, {output});
    builder.SetInputs({value, shape});
    builder.SetOutputs({output});
    const size_t bytes = ElementBytes(type);
    const std::vector<uint8_t> element = test::AnyBytes(random, bytes);
    const test::RunResult result = test::RunModel(builder, {element});
    ASSERT_RAN(result);
    for (size_t i = 0; i < 4; ++i) EXPECT_EQ(test::ElementAt(result.outputs[0], i, bytes), element);
  }
}

TEST(FillTest, ZerosLikeIsZero) {
  Random random(1);
  for (const TensorType type : test::kMovedTypes) {
    test::ExpectMovedAs(
        type, random, {BuiltinOperator::ZEROS_LIKE, {2, 3}, {}, {2, 3}},
        [](const Shape&) { return test::kFilled; }, std::vector<uint8_t>(ElementBytes(type), 0));
  }
}

}  // namespace
}  // namespace earshot
