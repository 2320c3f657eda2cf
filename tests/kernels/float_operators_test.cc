// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The other float32 operators against plain mathematics in double.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/real_arithmetic.h"

namespace earshot {
namespace {

using test::Random;
using test::RealSum;
using test::RunResult;

constexpr uint32_t kCases = 150;

size_t Elements(const std::vector<int32_t>& shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  return count;
}

// The mean of channel c over the part of the window that lies inside of the image.
RealSum WindowMean(const std::vector<float>& image, const std::vector<int32_t>& shape, int32_t b,
                   int32_t top, int32_t left, int32_t filter_h, int32_t filter_w, int32_t c) {
  RealSum sum;
  int32_t count = 0;
  for (int32_t y = std::max(top, 0); y < std::min(top + filter_h, shape[1]); ++y) {
    for (int32_t x = std::max(left, 0); x < std::min(left + filter_w, shape[2]); ++x) {
      const int32_t at = ((b * shape[1] + y) * shape[2] + x) * shape[3] + c;
      sum.Add(static_cast<double>(image[static_cast<size_t>(at)]));
      ++count;
    }
  }
  return {sum.value / count, sum.magnitude / count};
}

// The largest number there, which is exact.
RealSum WindowMaximum(const std::vector<float>& image, const std::vector<int32_t>& shape, int32_t b,
                      int32_t top, int32_t left, int32_t filter_h, int32_t filter_w, int32_t c) {
  double largest = -std::numeric_limits<double>::infinity();
  for (int32_t y = std::max(top, 0); y < std::min(top + filter_h, shape[1]); ++y) {
    for (int32_t x = std::max(left, 0); x < std::min(left + filter_w, shape[2]); ++x) {
      const int32_t at = ((b * shape[1] + y) * shape[2] + x) * shape[3] + c;
      largest = std::max(largest, static_cast<double>(image[static_cast<size_t>(at)]));
    }
  }
  return {largest, 0.0};
}

void CheckPool(BuiltinOperator op, decltype(WindowMean)* window_result, uint32_t seed) {
  Random random(seed);
  test::WindowSpec window;
  window.padding = random.Between(0, 1) == 0 ? schema::Padding::SAME : schema::Padding::VALID;
  window.stride_h = random.Between(1, 3);
  window.stride_w = random.Between(1, 3);
  window.activation = test::AnyActivation(random);
  const int32_t filter_h = random.Between(1, 5);
  const int32_t filter_w = random.Between(1, 5);
  const std::vector<int32_t> shape = {
      random.Between(1, 2), test::AnyExtent(random, window.padding, filter_h, 1),
      test::AnyExtent(random, window.padding, filter_w, 1), random.Between(1, 3)};
  const std::vector<float> image = test::Reals(random, Elements(shape), 10.0f);

  const test::Walk down = test::WalkAlong(window.padding, shape[1], filter_h, window.stride_h, 1);
  const test::Walk right = test::WalkAlong(window.padding, shape[2], filter_w, window.stride_w, 1);
  std::vector<RealSum> expected;
  for (int32_t b = 0; b < shape[0]; ++b) {
    for (int32_t y = 0; y < down.outputs; ++y) {
      for (int32_t x = 0; x < right.outputs; ++x) {
        for (int32_t c = 0; c < shape[3]; ++c) {
          expected.push_back(window_result(image, shape, b, y * window.stride_h - down.before,
                                           x * window.stride_w - right.before, filter_h, filter_w,
                                           c));
        }
      }
    }
  }
  test::ExpectClose(test::RunFloat32(op, test::Float32(shape), {},
                                     {shape[0], down.outputs, right.outputs, shape[3]}, image,
                                     test::Pool2DOptions(window, filter_h, filter_w)),
                    expected, window.activation);
}

TEST(AveragePool2DTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    CheckPool(BuiltinOperator::AVERAGE_POOL_2D, WindowMean, seed);
  }
}

TEST(MaxPool2DTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    CheckPool(BuiltinOperator::MAX_POOL_2D, WindowMaximum, seed);
  }
}

TEST(FullyConnectedTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 3);
    const int32_t depth = random.Between(1, 80);
    const int32_t units = random.Between(1, 9);
    const bool has_bias = random.Between(0, 3) != 0;
    const schema::ActivationFunctionType activation = test::AnyActivation(random);
    const std::vector<float> input = test::Reals(random, Elements({rows, depth}), 2.0f);
    const std::vector<float> weights = test::Reals(random, Elements({units, depth}), 1.0f);
    const std::vector<float> bias = test::Reals(random, Elements({units}), 5.0f);
    std::vector<RealSum> expected(Elements({rows, units}));
    for (size_t i = 0; i < expected.size(); ++i) {
      const float* row = &input[i / static_cast<size_t>(units) * static_cast<size_t>(depth)];
      const float* unit = &weights[i % static_cast<size_t>(units) * static_cast<size_t>(depth)];
      for (int32_t k = 0; k < depth; ++k) {
        expected[i].Add(static_cast<double>(row[k]) * static_cast<double>(unit[k]));
      }
      if (has_bias) expected[i].Add(static_cast<double>(bias[i % static_cast<size_t>(units)]));
    }
    std::vector<test::TensorSpec> constants = {test::Float32({units, depth}, weights)};
    if (has_bias) constants.push_back(test::Float32({units}, bias));
    test::ExpectClose(
        test::RunFloat32(BuiltinOperator::FULLY_CONNECTED, test::Float32({rows, depth}), constants,
                         {rows, units}, input, test::FullyConnectedOptions(activation)),
        expected, activation);
  }
}

TEST(SoftmaxTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const float beta = 0.1f * static_cast<float>(random.Between(1, 20));
    std::vector<int32_t> shape;
    for (int32_t axis = random.Between(0, 3); axis > 0; --axis) {
      shape.push_back(random.Between(1, 3));
    }
    shape.push_back(random.Between(1, 60));
    const auto depth = static_cast<size_t>(shape.back());
    const std::vector<float> input = test::Reals(random, Elements(shape), 10.0f);
    std::vector<RealSum> expected;
    for (size_t i = 0; i < input.size(); ++i) {
      double sum = 0.0;  // Of e^(beta * (other - own)): one over it is the quotient.
      for (size_t k = i / depth * depth; k < (i / depth + 1) * depth; ++k) {
        sum += std::exp(static_cast<double>(beta) *
                        (static_cast<double>(input[k]) - static_cast<double>(input[i])));
      }
      expected.push_back({1.0 / sum, 1.0 / sum});
    }
    test::ExpectClose(test::RunFloat32(BuiltinOperator::SOFTMAX, test::Float32(shape), {}, shape,
                                       input, test::SoftmaxOptions(beta)),
                      expected);
  }
}

TEST(SoftmaxTest, Float32SurvivesLargeInputs) {
  const RunResult result =
      test::RunFloat32(BuiltinOperator::SOFTMAX, test::Float32({2, 3}), {}, {2, 3},
                       {1e4f, 1e4f, -1e4f, -1e4f, -1e4f, -1e4f}, test::SoftmaxOptions());
  ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
  constexpr float kThird = 1.0f / 3.0f;
  EXPECT_EQ(result.As<float>(), (std::vector<float>{0.5f, 0.5f, 0.0f, kThird, kThird, kThird}));
}

// Bits, not numbers: NaN with its payload, infinities, the sign of zero, subnormals.
TEST(ReshapeTest, Float32CopiesBits) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t a = random.Between(1, 4);
    const int32_t b = random.Between(1, 4);
    const int32_t c = random.Between(1, 4);
    const int32_t d = random.Between(1, 4);
    const std::vector<int32_t> shapes[] = {
        {a * b * c * d}, {a, b, c, d}, {d, c, b * a}, {a * c, b * d}, {1, a * b, 1, c * d}};
    const std::vector<int32_t>& from = shapes[random.Between(0, 4)];
    const std::vector<int32_t>& to = shapes[random.Between(0, 4)];
    std::vector<float> input = test::Reals(random, Elements(from), 1.0f);
    constexpr float kSpecial[] = {-0.0f, std::numeric_limits<float>::quiet_NaN(),
                                  -std::numeric_limits<float>::infinity(),
                                  std::numeric_limits<float>::denorm_min()};
    for (size_t i = 0; i < input.size(); i += 3) input[i] = kSpecial[i / 3 % 4];
    const RunResult result =
        test::RunFloat32(BuiltinOperator::RESHAPE, test::Float32(from), {}, to, input);
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    EXPECT_EQ(result.outputs[0], test::BytesOf(input));
  }
}

}  // namespace
}  // namespace earshot
