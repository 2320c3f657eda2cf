// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that look at regions of a tensor: pools, MEAN and PAD on int8.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::Random;
using test::RunResult;

constexpr uint32_t kCases = 100;
constexpr float kScale = 0.125f;

// A model of one operator with one input and perhaps a constant one.
RunResult RunOne(BuiltinOperator op, const test::TensorSpec& input,
                 const std::vector<test::TensorSpec>& constants, const test::TensorSpec& output,
                 const std::vector<int8_t>& values, const test::OperatorOptions& options) {
  ModelBuilder builder;
  std::vector<int32_t> inputs = {builder.AddTensor(input)};
  for (const test::TensorSpec& constant : constants) inputs.push_back(builder.AddTensor(constant));
  const int result = builder.AddTensor(output);
  builder.AddOperator(op, inputs, {result}, options);
  builder.SetInputs({inputs[0]});
  builder.SetOutputs({result});
  return test::RunModel(builder, {BytesOf(values)});
}

test::TensorSpec Int8(const std::vector<int32_t>& shape, int32_t zero_point) {
  return {shape, TensorType::INT8, {kScale}, {zero_point}};
}

// The elements of channel c under the window at (y, x), as far as they lie in the image.
std::vector<int32_t> Seen(const std::vector<int8_t>& image, const std::vector<int32_t>& shape,
                          int32_t b, int32_t top, int32_t left, int32_t filter_h, int32_t filter_w,
                          int32_t c) {
  std::vector<int32_t> seen;
  for (int32_t y = std::max(top, 0); y < std::min(top + filter_h, shape[1]); ++y) {
    for (int32_t x = std::max(left, 0); x < std::min(left + filter_w, shape[2]); ++x) {
      seen.push_back(
          image[static_cast<size_t>(((b * shape[1] + y) * shape[2] + x) * shape[3] + c)]);
    }
  }
  return seen;
}

int32_t Mean(const std::vector<int32_t>& values) {
  double sum = 0.0;
  for (const int32_t value : values) sum += value;
  return static_cast<int32_t>(std::lround(sum / static_cast<double>(values.size())));
}

int32_t Largest(const std::vector<int32_t>& values) {
  return *std::max_element(values.begin(), values.end());
}

template <typename Reduce>
void CheckPools(BuiltinOperator op, Reduce reduce) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const bool same = random.Between(0, 1) == 0;
    const int32_t stride_h = random.Between(1, 3), stride_w = random.Between(1, 3);
    const int32_t filter_h = random.Between(1, 5), filter_w = random.Between(1, 5);
    const std::vector<int32_t> shape = {random.Between(1, 2), random.Between(5, 9),
                                        random.Between(5, 9), random.Between(1, 3)};
    const auto output = [same](int32_t input, int32_t filter, int32_t stride) {
      return same ? (input + stride - 1) / stride : (input - filter) / stride + 1;
    };
    const auto before = [same](int32_t input, int32_t out, int32_t filter, int32_t stride) {
      return same ? std::max(0, (out - 1) * stride + filter - input) / 2 : 0;
    };
    const int32_t height = output(shape[1], filter_h, stride_h);
    const int32_t width = output(shape[2], filter_w, stride_w);
    const int32_t top = before(shape[1], height, filter_h, stride_h);
    const int32_t left = before(shape[2], width, filter_w, stride_w);
    const int32_t zero = random.Between(-128, 127);
    const bool relu = random.Between(0, 1) == 0;
    const std::vector<int8_t> image =
        random.Int8(static_cast<size_t>(shape[0] * shape[1] * shape[2] * shape[3]));
    test::WindowSpec window;
    window.padding = same ? schema::Padding::SAME : schema::Padding::VALID;
    window.stride_h = stride_h;
    window.stride_w = stride_w;
    if (relu) window.activation = schema::ActivationFunctionType::RELU;
    const RunResult result =
        RunOne(op, Int8(shape, zero), {}, Int8({shape[0], height, width, shape[3]}, zero), image,
               test::Pool2DOptions(window, filter_h, filter_w));
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    std::vector<int8_t> expected;
    for (int32_t b = 0; b < shape[0]; ++b) {
      for (int32_t y = 0; y < height; ++y) {
        for (int32_t x = 0; x < width; ++x) {
          for (int32_t c = 0; c < shape[3]; ++c) {
            const int32_t value = reduce(Seen(image, shape, b, y * stride_h - top,
                                              x * stride_w - left, filter_h, filter_w, c));
            expected.push_back(test::ClampToInt8(value, relu ? zero : -128));
          }
        }
      }
    }
    ASSERT_EQ(result.As<int8_t>(), expected);
  }
}

TEST(AveragePool2DTest, EqualsPlainMathematics) {
  CheckPools(BuiltinOperator::AVERAGE_POOL_2D, Mean);
}

TEST(MaxPool2DTest, EqualsPlainMathematics) { CheckPools(BuiltinOperator::MAX_POOL_2D, Largest); }

// Axes [1, 2] of [2, 4, 8, 3]: 32 elements each, a power of two, for which the multiplier's
// division is exact and the result that of plain mathematics.
TEST(MeanTest, OverHeightAndWidthEqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const bool keep_dims = random.Between(0, 1) == 0;
    const std::vector<int32_t> axes =
        random.Between(0, 1) == 0 ? std::vector<int32_t>{1, 2} : std::vector<int32_t>{-2, 1};
    const int32_t zero = random.Between(-128, 127);
    const int32_t output_zero = random.Between(-128, 127);
    const float output_scale = random.Scale();
    const std::vector<int8_t> input = random.Int8(2 * 4 * 8 * 3);
    test::TensorSpec output = Int8({2, 3}, output_zero);
    if (keep_dims) output.shape = {2, 1, 1, 3};
    output.scales = {output_scale};
    const RunResult result = RunOne(BuiltinOperator::MEAN, Int8({2, 4, 8, 3}, zero),
                                    {{{2}, TensorType::INT32, {}, {}, BytesOf(axes)}}, output,
                                    input, test::ReducerOptions(keep_dims));
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    std::vector<int8_t> expected;
    for (size_t i = 0; i < 6; ++i) {
      int64_t sum = 0;
      for (size_t k = 0; k < 32; ++k) sum += input[i / 3 * 96 + k * 3 + i % 3] - zero;
      const double ratio = static_cast<double>(kScale) / static_cast<double>(output_scale);
      expected.push_back(test::ClampToInt8(test::ScaledExactly(sum, ratio / 32.0) + output_zero));
    }
    ASSERT_EQ(result.As<int8_t>(), expected);
  }
}

// Any axes: within one step of the real mean, as the multiplier's quotient is cut, not rounded.
TEST(MeanTest, OverAnyAxesIsWithinOneStep) {
  const std::vector<int32_t> shape = {3, 5, 7};
  const std::vector<int8_t> input = Random(3).Int8(3 * 5 * 7);
  for (uint32_t mask = 0; mask < 8; ++mask) {
    SCOPED_TRACE("axes " + std::to_string(mask));
    std::vector<int32_t> axes;
    std::vector<int32_t> kept = {1, 1, 1};
    for (int32_t axis = 0; axis < 3; ++axis) {
      const auto at = static_cast<size_t>(axis);
      if ((mask >> axis & 1u) != 0) axes.push_back(axis);
      if ((mask >> axis & 1u) == 0) kept[at] = shape[at];
    }
    if (axes.empty()) continue;
    const auto axis_count = static_cast<int32_t>(axes.size());
    const RunResult result = RunOne(BuiltinOperator::MEAN, Int8(shape, 4),
                                    {{{axis_count}, TensorType::INT32, {}, {}, BytesOf(axes)}},
                                    Int8(kept, 4), input, test::ReducerOptions(true));
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    std::vector<double> sums(static_cast<size_t>(kept[0] * kept[1] * kept[2]), 0.0);
    for (int32_t i = 0; i < 105; ++i) {
      const int32_t at[] = {i / 35 % kept[0], i / 7 % 5 % kept[1], i % 7 % kept[2]};
      sums[static_cast<size_t>((at[0] * kept[1] + at[1]) * kept[2] + at[2])] +=
          input[static_cast<size_t>(i)];
    }
    for (size_t i = 0; i < sums.size(); ++i) {
      EXPECT_NEAR(result.As<int8_t>()[i], sums[i] * static_cast<double>(sums.size()) / 105.0, 1.0);
    }
  }
}

TEST(PadTest, PutsZeroPointsAround) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rank = random.Between(1, 4);
    const int32_t zero = random.Between(-128, 127);
    std::vector<int32_t> shape, padded, amounts;
    int32_t input_count = 1, output_count = 1;
    for (int32_t axis = 0; axis < rank; ++axis) {
      amounts.push_back(random.Between(0, 2));
      amounts.push_back(random.Between(0, 2));
      shape.push_back(random.Between(1, 4));
      padded.push_back(shape.back() + amounts[amounts.size() - 2] + amounts.back());
      input_count *= shape.back();
      output_count *= padded.back();
    }
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(input_count));
    const RunResult result = RunOne(BuiltinOperator::PAD, Int8(shape, zero),
                                    {{{rank, 2}, TensorType::INT32, {}, {}, BytesOf(amounts)}},
                                    Int8(padded, zero), input, {});
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    // Each input element is put where it belongs in an output full of zero points.
    std::vector<int8_t> expected(static_cast<size_t>(output_count), static_cast<int8_t>(zero));
    for (int32_t i = 0; i < input_count; ++i) {
      int32_t rest = i, step = 1, place = 0;
      for (auto axis = static_cast<size_t>(rank); axis-- > 0;) {
        place += (rest % shape[axis] + amounts[2 * axis]) * step;
        rest /= shape[axis];
        step *= padded[axis];
      }
      expected[static_cast<size_t>(place)] = input[static_cast<size_t>(i)];
    }
    ASSERT_EQ(result.As<int8_t>(), expected);
  }
}

}  // namespace
}  // namespace earshot
