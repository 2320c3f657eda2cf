// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that choose elements by places that are data or that follow from a size: GATHER,
// EMBEDDING_LOOKUP, RESIZE_NEAREST_NEIGHBOR.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"
#include "tests/kernels/real_arithmetic.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::Random;
using test::RunResult;
using test::Shape;

constexpr uint32_t kCases = 100;

test::TensorSpec Places(const Shape& shape, const std::vector<int32_t>& places) {
  return {shape, TensorType::INT32, {}, {}, BytesOf(places)};
}

TEST(GatherTest, TakesThePlacesThatAreNamed) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = test::AnyShape(random, 1, 4);
    const auto rank = static_cast<int32_t>(input.size());
    const int32_t axis = random.Between(0, rank - 1);
    const int32_t batch_dims = random.Between(0, axis);
    Shape shape(input.begin(), input.begin() + batch_dims);
    for (const int32_t extent : test::AnyShape(random, 0, 2, 3)) shape.push_back(extent);
    std::vector<int32_t> places(test::Count(shape));
    const int32_t extent = input[static_cast<size_t>(axis)];
    for (int32_t& place : places) place = random.Between(0, extent - 1);
    Shape output(input.begin(), input.begin() + axis);
    output.insert(output.end(), shape.begin() + batch_dims, shape.end());
    output.insert(output.end(), input.begin() + axis + 1, input.end());
    const auto listed = static_cast<int32_t>(shape.size());
    const bool from_back = random.Between(0, 1) == 1;
    const test::OperatorOptions options = test::GatherOptions(
        from_back ? axis - rank : axis,
        from_back && listed > 0 && batch_dims < listed ? batch_dims - listed : batch_dims);
    test::ExpectMoved(random,
                      {BuiltinOperator::GATHER, input, {Places(shape, places)}, output, options},
                      [&](const Shape& place) {
                        const auto at = place.begin();
                        const int32_t own = listed - batch_dims;  // Axes of the places' own.
                        Shape of_places(at, at + batch_dims);
                        of_places.insert(of_places.end(), at + axis, at + axis + own);
                        Shape from(at, at + axis);
                        from.push_back(places[test::IndexOf(shape, of_places)]);
                        from.insert(from.end(), at + axis + own, place.end());
                        return from;
                      });
  }
}

TEST(GatherTest, PlacesOutsideMeanTheNearestOneInside) {
  const std::vector<int32_t> places = {-1, INT32_MIN, 2, 3, INT32_MAX};
  const RunResult result = test::RunMovement(
      {BuiltinOperator::GATHER, {3}, {Places({5}, places)}, {5}, test::GatherOptions(0, 0)},
      TensorType::INT8, {10, 11, 12});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int8_t>(), (std::vector<int8_t>{10, 10, 12, 12, 12}));
}

TEST(EmbeddingLookupTest, TakesRows) {
  Random random(1);
  const std::vector<int32_t> places = {2, 0, 2, 1};
  for (const TensorType type : {TensorType::INT8, TensorType::FLOAT32}) {
    test::ExpectMovedAs(
        type, random,
        {BuiltinOperator::EMBEDDING_LOOKUP, {3, 2, 2}, {Places({4}, places)}, {4, 2, 2}, {}, 1},
        [&](Shape place) {
          place[0] = places[static_cast<size_t>(place[0])];
          return place;
        });
  }
}

TEST(EmbeddingLookupTest, MakesFloatsOfInt8) {
  ModelBuilder builder;
  const int places = builder.AddTensor(Places({2}, {1, 0}));
  const int table = builder.AddTensor({{2, 3}, TensorType::INT8, {0.25f}, {0}});
  const int output = builder.AddTensor({{2, 3}, TensorType::FLOAT32});
  builder.AddOperator(BuiltinOperator::EMBEDDING_LOOKUP, {places, table}, {output});
  builder.SetInputs({table});
  builder.SetOutputs({output});
  const RunResult result =
      test::RunModel(builder, {BytesOf(std::vector<int8_t>{1, 2, 3, -128, 127, 0})});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<float>(), (std::vector<float>{-32.0f, 31.75f, 0.0f, 0.25f, 0.5f, 0.75f}));
}

// The exact place of an output's pixel, in units of 1 / (2 * denominator), rounded as is wanted.
// Only cases far from a tie are compared: there float's rounding does not matter.
bool Nearest(int32_t input, int32_t output, int32_t place, bool align, bool half, int32_t* from) {
  const int64_t numerator =
      (align && output > 1 ? input - 1 : input) * (2 * int64_t{place} + (half ? 1 : 0));
  const int64_t denominator = 2 * int64_t{align && output > 1 ? output - 1 : output};
  const double exact = static_cast<double>(numerator) / static_cast<double>(denominator);
  const double shifted = align ? exact + 0.5 : exact;
  *from = std::min(static_cast<int32_t>(std::floor(shifted)), input - 1);
  const double rest = shifted - std::floor(shifted);
  const bool is_exact = numerator * 2 % denominator == 0 && (denominator & (denominator - 1)) == 0;
  return is_exact || (rest > 1e-4 && rest < 1 - 1e-4);
}

TEST(ResizeNearestNeighborTest, TakesTheNearestPixel) {
  for (uint32_t seed = 0; seed < 2 * kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const bool align = (seed & 1) != 0, half = (seed & 2) != 0;
    const Shape input = {random.Between(1, 2), random.Between(1, 7), random.Between(1, 7),
                         random.Between(1, 3)};
    const Shape output = {input[0], random.Between(1, 9), random.Between(1, 9), input[3]};
    bool is_clear = true;
    const auto source = [&](Shape place) {
      for (const size_t axis : {1u, 2u}) {
        is_clear =
            Nearest(input[axis], output[axis], place[axis], align, half, &place[axis]) && is_clear;
      }
      return place;
    };
    test::ForEachPlace(output, source);
    if (!is_clear) continue;
    test::ExpectMoved(random,
                      {BuiltinOperator::RESIZE_NEAREST_NEIGHBOR,
                       input,
                       {test::ConstantInt32({output[1], output[2]})},
                       output,
                       test::ResizeNearestNeighborOptions(align, half)},
                      source);
  }
}

}  // namespace
}  // namespace earshot
