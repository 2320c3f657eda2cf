// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that put something around a tensor: PAD, PADV2 and MIRROR_PAD, of every type.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"

namespace earshot {
namespace {

using test::Random;
using test::Shape;

constexpr uint32_t kCases = 60;

struct Padded {
  test::Movement movement;
  Shape before;
};

Padded AnyPadding(Random& random, BuiltinOperator op) {
  Padded padded = {{op, test::AnyShape(random, 1, 5, 3), {}, {}}, {}};
  Shape amounts;
  for (const int32_t extent : padded.movement.input) {
    amounts.push_back(random.Between(0, 2));
    padded.before.push_back(amounts.back());
    amounts.push_back(random.Between(0, 2));
    padded.movement.output.push_back(extent + padded.before.back() + amounts.back());
  }
  padded.movement.constants = {{{static_cast<int32_t>(padded.before.size()), 2},
                                TensorType::INT32,
                                {},
                                {},
                                test::BytesOf(amounts)}};
  return padded;
}

Shape Inside(const Padded& padded, Shape place) {
  for (size_t i = 0; i < place.size(); ++i) {
    place[i] -= padded.before[i];
    if (place[i] < 0 || place[i] >= padded.movement.input[i]) return test::kFilled;
  }
  return place;
}

TEST(PadTest, PutsZerosAround) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Padded padded = AnyPadding(random, BuiltinOperator::PAD);
    test::ExpectMoved(random, padded.movement,
                      [&](const Shape& place) { return Inside(padded, place); });
  }
}

TEST(PadTest, PadV2PutsANumberAround) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    for (const TensorType type : test::kMovedTypes) {
      Padded padded = AnyPadding(random, BuiltinOperator::PADV2);
      test::TensorSpec number = test::Moved(type, {});
      number.data = test::AnyBytes(random, ElementBytes(type));
      padded.movement.constants.push_back(number);
      test::ExpectMovedAs(
          type, random, padded.movement, [&](const Shape& place) { return Inside(padded, place); },
          number.data);
    }
  }
}

// The place that a mirror shows, found by walking from the first element and turning round at the
// ends.
int32_t WalkedTo(int32_t extent, int32_t steps, bool shows_ends) {
  int32_t place = 0, direction = steps < 0 ? -1 : 1;
  for (; steps != 0; steps += steps < 0 ? 1 : -1) {
    const int32_t next = place + direction;
    if (next >= 0 && next < extent) {
      place = next;
      continue;
    }
    direction = -direction;
    if (!shows_ends) place += direction;
  }
  return place;
}

TEST(MirrorPadTest, PutsTheMirrorImageAround) {
  for (uint32_t seed = 0; seed < 2 * kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const bool symmetric = random.Between(0, 1) == 0;
    const Shape input = test::AnyShape(random, 1, 4, 4);
    Shape before, output;
    std::vector<int64_t> amounts;
    for (const int32_t extent : input) {
      const int32_t most = symmetric ? extent : extent - 1;
      before.push_back(random.Between(0, most));
      amounts.push_back(before.back());
      amounts.push_back(random.Between(0, most));
      output.push_back(extent + before.back() + static_cast<int32_t>(amounts.back()));
    }
    const Shape narrow(amounts.begin(), amounts.end());
    const Shape shape = {static_cast<int32_t>(input.size()), 2};
    const test::TensorSpec paddings =
        random.Between(0, 1) == 0
            ? test::TensorSpec{shape, TensorType::INT32, {}, {}, test::BytesOf(narrow)}
            : test::TensorSpec{shape, TensorType::INT64, {}, {}, test::BytesOf(amounts)};
    test::ExpectMoved(random,
                      {BuiltinOperator::MIRROR_PAD,
                       input,
                       {paddings},
                       output,
                       test::MirrorPadOptions(symmetric ? schema::MirrorPadMode::SYMMETRIC
                                                        : schema::MirrorPadMode::REFLECT)},
                      [&](Shape place) {
                        for (size_t i = 0; i < place.size(); ++i) {
                          place[i] = WalkedTo(input[i], place[i] - before[i], symmetric);
                        }
                        return place;
                      });
  }
}

}  // namespace
}  // namespace earshot
