// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators whose places are data: SLICE, DYNAMIC_UPDATE_SLICE, GATHER_ND; and SELECT_V2, which
// chooses by conditions.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::Random;
using test::RunResult;
using test::Shape;

constexpr uint32_t kCases = 60;

// A list of numbers as int32 or int64.
struct Numbers {
  TensorType type;
  std::vector<uint8_t> bytes;
};

Numbers AnyNumbers(Random& random, const std::vector<int64_t>& values) {
  if (random.Between(0, 1) == 0) return {TensorType::INT64, BytesOf(values)};
  std::vector<int32_t> narrow;
  for (const int64_t value : values) narrow.push_back(static_cast<int32_t>(value));
  return {TensorType::INT32, BytesOf(narrow)};
}

int32_t Inside(int64_t begin, int32_t whole, int32_t part) {
  return static_cast<int32_t>(std::min<int64_t>(std::max<int64_t>(begin, 0), whole - part));
}

TEST(SliceTest, TakesAWindow) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = test::AnyShape(random, 1, 5);
    Shape output;
    std::vector<int64_t> begins, sizes;
    for (const int32_t extent : input) {
      output.push_back(random.Between(1, extent));
      const bool to_end = random.Between(0, 3) == 0;
      begins.push_back(to_end ? extent - output.back() : random.Between(0, extent - output.back()));
      sizes.push_back(to_end ? -1 : output.back());
    }
    const Numbers begin = AnyNumbers(random, begins);
    Numbers size = {begin.type, BytesOf(sizes)};
    if (begin.type == TensorType::INT32) size.bytes = BytesOf(Shape(sizes.begin(), sizes.end()));
    const Shape list = {static_cast<int32_t>(input.size())};
    test::ExpectMoved(
        random,
        {BuiltinOperator::SLICE,
         input,
         {{list, begin.type, {}, {}, begin.bytes}, {list, size.type, {}, {}, size.bytes}},
         output},
        [&](Shape place) {
          for (size_t i = 0; i < place.size(); ++i) {
            place[i] += static_cast<int32_t>(begins[i]);
          }
          return place;
        });
  }
}

// Runs with a place that is the model's input, too.
TEST(SliceTest, TakesAWindowThatMoves) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = {3, 4}, output = {2, 3};
    const std::vector<int64_t> begins = {random.Between(-2, 4), random.Between(-2, 4)};
    const Numbers begin = AnyNumbers(random, begins);
    ModelBuilder builder;
    const int whole = builder.AddTensor(test::Moved(TensorType::INT16, input));
    const int place = builder.AddTensor({{2}, begin.type});
    const int size = builder.AddTensor(test::ConstantInt32(output));
    const int part = builder.AddTensor(test::Moved(TensorType::INT16, output));
    builder.AddOperator(BuiltinOperator::SLICE, {whole, place, size}, {part});
    builder.SetInputs({whole, place});
    builder.SetOutputs({part});
    const std::vector<uint8_t> values = test::AnyBytes(random, 24);
    const RunResult result = test::RunModel(builder, {values, begin.bytes});
    ASSERT_RAN(result);
    test::ForEachPlace(output, [&](const Shape& to) {
      const Shape from = {to[0] + Inside(begins[0], 3, 2), to[1] + Inside(begins[1], 4, 3)};
      EXPECT_EQ(test::ElementAt(result.outputs[0], test::IndexOf(output, to), 2),
                test::ElementAt(values, test::IndexOf(input, from), 2));
    });
  }
}

TEST(DynamicUpdateSliceTest, PutsAWindow) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape whole = test::AnyShape(random, 1, 5);
    Shape part;
    std::vector<int64_t> begins;
    for (const int32_t extent : whole) {
      part.push_back(random.Between(1, extent));
      begins.push_back(random.Between(-2, extent + 1));
    }
    const Numbers begin = AnyNumbers(random, begins);
    for (const TensorType type : test::kMovedTypes) {
      const size_t bytes = ElementBytes(type);
      ModelBuilder builder;
      const int before = builder.AddTensor(test::Moved(type, whole));
      const int update = builder.AddTensor(test::Moved(type, part));
      const int place = builder.AddTensor(
          {{static_cast<int32_t>(whole.size())}, begin.type, {}, {}, begin.bytes});
      const int after = builder.AddTensor(test::Moved(type, whole));
      builder.AddOperator(BuiltinOperator::DYNAMIC_UPDATE_SLICE, {before, update, place}, {after});
      builder.SetInputs({before, update});
      builder.SetOutputs({after});
      const std::vector<uint8_t> values = test::AnyBytes(random, test::Count(whole) * bytes);
      const std::vector<uint8_t> updates = test::AnyBytes(random, test::Count(part) * bytes);
      const RunResult result = test::RunModel(builder, {values, updates});
      ASSERT_RAN(result);
      test::ForEachPlace(whole, [&](const Shape& to) {
        Shape from = to;
        bool updated = true;
        for (size_t i = 0; i < to.size(); ++i) {
          from[i] -= Inside(begins[i], whole[i], part[i]);
          updated = updated && from[i] >= 0 && from[i] < part[i];
        }
        const size_t index = test::IndexOf(whole, to);
        EXPECT_EQ(test::ElementAt(result.outputs[0], index, bytes),
                  updated ? test::ElementAt(updates, test::IndexOf(part, from), bytes)
                          : test::ElementAt(values, index, bytes));
      });
    }
  }
}

TEST(GatherNdTest, TakesThePlacesThatAreNamed) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = test::AnyShape(random, 1, 5, 3);
    const int32_t numbers = random.Between(1, static_cast<int32_t>(input.size()));
    const Shape listed = test::AnyShape(random, 0, 2, 3);
    Shape shape = listed;
    shape.push_back(numbers);
    std::vector<int32_t> places;
    for (size_t i = 0; i < test::Count(listed); ++i) {
      for (int32_t j = 0; j < numbers; ++j) {
        places.push_back(random.Between(0, input[static_cast<size_t>(j)] - 1));
      }
    }
    Shape output = listed;
    output.insert(output.end(), input.begin() + numbers, input.end());
    test::ExpectMoved(random,
                      {BuiltinOperator::GATHER_ND,
                       input,
                       {{shape, TensorType::INT32, {}, {}, BytesOf(places)}},
                       output},
                      [&](const Shape& place) {
                        const auto own = place.begin() + static_cast<ptrdiff_t>(listed.size());
                        const size_t first = test::IndexOf(listed, Shape(place.begin(), own)) *
                                             static_cast<size_t>(numbers);
                        const auto named = places.begin() + static_cast<ptrdiff_t>(first);
                        Shape from(named, named + numbers);
                        from.insert(from.end(), own, place.end());
                        return from;
                      });
  }
}

TEST(GatherNdTest, PlacesOutsideMeanTheNearestOneInside) {
  const test::TensorSpec places = {
      {2, 2}, TensorType::INT32, {}, {}, BytesOf(Shape{INT32_MIN, 1, 5, INT32_MAX})};
  const RunResult result = test::RunMovement({BuiltinOperator::GATHER_ND, {2, 2}, {places}, {2}},
                                             TensorType::INT8, {10, 11, 12, 13});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int8_t>(), (std::vector<int8_t>{11, 13}));
}

// A shape that goes together with `output`.
Shape Narrowed(Random& random, Shape shape) {
  for (int32_t& extent : shape) {
    if (random.Between(0, 2) == 0) extent = 1;
  }
  while (!shape.empty() && shape[0] == 1 && random.Between(0, 1) == 0) shape.erase(shape.begin());
  return shape;
}

TEST(SelectV2Test, ChoosesElementByElement) {
  for (uint32_t seed = 0; seed < 2 * kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape whole = test::AnyShape(random, 1, 5, 3);
    const Shape shapes[] = {Narrowed(random, whole), Narrowed(random, whole),
                            Narrowed(random, whole)};
    Shape output;
    for (size_t back = 1; back <= whole.size(); ++back) {
      int32_t extent = 0;  // No input has the axis.
      for (const Shape& shape : shapes) {
        if (back <= shape.size()) extent = std::max(extent, shape[shape.size() - back]);
      }
      if (extent != 0) output.insert(output.begin(), extent);
    }
    for (const TensorType type : test::kMovedTypes) {
      const size_t bytes = ElementBytes(type);
      ModelBuilder builder;
      const int condition = builder.AddTensor({shapes[0], TensorType::BOOL});
      const int yes = builder.AddTensor(test::Moved(type, shapes[1]));
      const int no = builder.AddTensor(test::Moved(type, shapes[2]));
      const int selected = builder.AddTensor(test::Moved(type, output));
      builder.AddOperator(BuiltinOperator::SELECT_V2, {condition, yes, no}, {selected});
      builder.SetInputs({condition, yes, no});
      builder.SetOutputs({selected});
      std::vector<uint8_t> truths(test::Count(shapes[0]));
      for (uint8_t& truth : truths) truth = static_cast<uint8_t>(random.Between(0, 1));
      const std::vector<uint8_t> values[] = {
          test::AnyBytes(random, test::Count(shapes[1]) * bytes),
          test::AnyBytes(random, test::Count(shapes[2]) * bytes)};
      const RunResult result = test::RunModel(builder, {truths, values[0], values[1]});
      ASSERT_RAN(result);
      for (size_t i = 0; i < test::Count(output); ++i) {
        const size_t which = test::Broadcasted(truths, shapes[0], output, i) != 0 ? 0 : 1;
        std::vector<size_t> indices(test::Count(shapes[1 + which]));
        for (size_t j = 0; j < indices.size(); ++j) indices[j] = j;
        const size_t from = test::Broadcasted(indices, shapes[1 + which], output, i);
        EXPECT_EQ(test::ElementAt(result.outputs[0], i, bytes),
                  test::ElementAt(values[which], from, bytes));
      }
    }
  }
}

}  // namespace
}  // namespace earshot
