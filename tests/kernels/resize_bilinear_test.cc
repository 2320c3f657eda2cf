// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RESIZE_BILINEAR against mathematics with exact places; int8's are in units of 1/1024.

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
using test::Random;
using test::RunResult;
using test::Shape;

constexpr uint32_t kCases = 200;

struct Case {
  Shape input, output;
  bool align, half;
};

Case AnyCase(Random& random) {
  Case made;
  made.input = {random.Between(1, 2), random.Between(1, 7), random.Between(1, 7),
                random.Between(1, 3)};
  made.output = {made.input[0], random.Between(1, 9), random.Between(1, 9), made.input[3]};
  made.align = random.Between(0, 2) == 0;
  made.half = !made.align && random.Between(0, 1) == 0;
  return made;
}

RunResult Resize(const Case& made, TensorType type, const std::vector<uint8_t>& values) {
  return test::RunMovement({BuiltinOperator::RESIZE_BILINEAR,
                            made.input,
                            {test::ConstantInt32({made.output[1], made.output[2]})},
                            made.output,
                            test::ResizeBilinearOptions(made.align, made.half)},
                           type, values);
}

// How much each place of the input's axis counts for one of the output's. `unit`: the scale is a
// multiple of one over it; 0: it is exact.
std::vector<double> Weights(const Case& made, size_t axis, int32_t place, double unit) {
  const bool corners = made.align && made.output[axis] > 1;
  const int32_t input = made.input[axis];
  double scale = static_cast<double>(corners ? input - 1 : input) /
                 (corners ? made.output[axis] - 1 : made.output[axis]);
  double half = 0.5 * scale;
  if (unit != 0) {
    scale = std::floor(scale * unit + 0.5) / unit;
    half = std::floor(0.5 * scale * unit) / unit;
  }
  const double exact = place * scale + (made.half ? half - 0.5 : 0);
  const double inside = std::min(std::max(exact, 0.0), input - 1.0);
  std::vector<double> weights(static_cast<size_t>(input));
  for (int32_t i = 0; i < input; ++i) {
    weights[static_cast<size_t>(i)] = std::max(0.0, 1.0 - std::fabs(inside - i));
  }
  return weights;
}

template <typename T>
test::RealSum Blended(const Case& made, const std::vector<T>& values, const Shape& place,
                      double unit) {
  const std::vector<double> rows = Weights(made, 1, place[1], unit);
  const std::vector<double> columns = Weights(made, 2, place[2], unit);
  test::RealSum sum;
  for (size_t y = 0; y < rows.size(); ++y) {
    for (size_t x = 0; x < columns.size(); ++x) {
      const Shape from = {place[0], static_cast<int32_t>(y), static_cast<int32_t>(x), place[3]};
      sum.Add(rows[y] * columns[x] * values[test::IndexOf(made.input, from)]);
    }
  }
  return sum;
}

TEST(ResizeBilinearTest, Int8EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Case made = AnyCase(random);
    const std::vector<int8_t> values = random.Int8(test::Count(made.input));
    const RunResult result = Resize(made, TensorType::INT8, BytesOf(values));
    ASSERT_RAN(result);
    test::ForEachPlace(made.output, [&](const Shape& place) {
      // Sums of multiples of 2^-20, so they are exact; ties are rounded away from zero.
      const double exact = Blended(made, values, place, 1024.0).value;
      EXPECT_EQ(result.As<int8_t>()[test::IndexOf(made.output, place)],
                static_cast<int8_t>(std::lround(exact)));
    });
  }
}

TEST(ResizeBilinearTest, Int8StaysInsideWhereTheScaleIsRounded) {
  Case made = {{1, 1, 3, 1}, {1, 1, 2000, 1}, false, false};
  const RunResult result = Resize(made, TensorType::INT8, {10, 20, 30});
  ASSERT_RAN(result);
  EXPECT_EQ(result.outputs[0][0], 10);
  EXPECT_EQ(result.outputs[0][1999], 30);
}

// Rounded to the nearest; where the exact blend is half-way, float decides.
TEST(ResizeBilinearTest, Uint8IsPlainMathematicsRounded) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Case made = AnyCase(random);
    const std::vector<uint8_t> values = BytesOf(random.Int8(test::Count(made.input)));
    const RunResult result = Resize(made, TensorType::UINT8, values);
    ASSERT_RAN(result);
    test::ForEachPlace(made.output, [&](const Shape& place) {
      EXPECT_NEAR(result.As<uint8_t>()[test::IndexOf(made.output, place)],
                  Blended(made, values, place, 0.0).value, 0.5 + 1e-3);
    });
  }
}

TEST(ResizeBilinearTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Case made = AnyCase(random);
    const std::vector<float> values = test::Reals(random, test::Count(made.input), 8.0f);
    const RunResult result = Resize(made, TensorType::FLOAT32, BytesOf(values));
    ASSERT_RAN(result);
    test::ForEachPlace(made.output, [&](const Shape& place) {
      // Places are rounded to float, too, so that neighbours' difference counts.
      const test::RealSum sum = Blended(made, values, place, 0.0);
      EXPECT_NEAR(result.As<float>()[test::IndexOf(made.output, place)], sum.value, 1e-5 * 8 * 4);
    });
  }
}

}  // namespace
}  // namespace earshot
