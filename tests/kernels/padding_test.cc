// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that put something around a tensor: PAD and PADV2, of every type.

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

}  // namespace
}  // namespace earshot
