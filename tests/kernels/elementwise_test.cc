// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that make each int8 output of a few inputs, against 128-bit and real arithmetic.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::Broadcasted;
using test::BytesOf;
using test::ClampToInt8;
using test::Count;
using test::MakePair;
using test::ModelBuilder;
using test::Pair;
using test::Random;
using test::RunResult;
using test::ScaledExactly;
using test::TensorSpec;

constexpr uint32_t kCases = 100;

double Real(float value) { return static_cast<double>(value); }

TensorSpec Int8(std::vector<int32_t> shape, float scale, int32_t zero_point) {
  return {std::move(shape), TensorType::INT8, {scale}, {zero_point}};
}

// A model of one operator whose inputs are the model's own.
RunResult RunOne(BuiltinOperator op, const std::vector<TensorSpec>& inputs,
                 const TensorSpec& output, const std::vector<std::vector<uint8_t>>& values,
                 test::OperatorOptions options = {}) {
  ModelBuilder builder;
  std::vector<int32_t> given;
  std::vector<int32_t> all;
  for (const TensorSpec& input : inputs) {
    all.push_back(builder.AddTensor(input));
    if (input.data.empty()) given.push_back(all.back());
  }
  const int result = builder.AddTensor(output);
  builder.AddOperator(op, all, {result}, std::move(options));
  builder.SetInputs(given);
  builder.SetOutputs({result});
  return test::RunModel(builder, values);
}

TEST(FullyConnectedTest, Int8EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 3);
    const int32_t depth = random.Between(1, 70);
    const int32_t units = random.Between(2, 9);
    const bool per_channel = random.Between(0, 1) == 1;
    const float input_scale = random.Scale();
    const float output_scale = 20.0f * random.Scale();
    const int32_t input_zero = random.Between(-128, 127);
    const int32_t output_zero = random.Between(-128, 127);
    const int32_t weights_zero = per_channel ? 0 : random.Between(-128, 127);
    std::vector<float> scales;
    for (int32_t i = 0; i < (per_channel ? units : 1); ++i) scales.push_back(random.Scale());
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(rows * depth));
    const std::vector<int8_t> weights = random.Int8(static_cast<size_t>(units * depth));
    std::vector<int32_t> bias;
    for (int32_t i = 0; i < units; ++i) bias.push_back(random.Between(-9999, 9999));

    const RunResult result = RunOne(BuiltinOperator::FULLY_CONNECTED,
                                    {Int8({rows, depth}, input_scale, input_zero),
                                     {{units, depth},
                                      TensorType::INT8,
                                      scales,
                                      std::vector<int64_t>(scales.size(), weights_zero),
                                      BytesOf(weights)},
                                     {{units}, TensorType::INT32, {}, {}, BytesOf(bias)}},
                                    Int8({rows, units}, output_scale, output_zero),
                                    {BytesOf(input)}, test::FullyConnectedOptions());
    ASSERT_RAN(result);
    std::vector<int8_t> expected;
    for (int32_t i = 0; i < rows * units; ++i) {
      const int32_t unit = i % units;
      int64_t sum = bias[static_cast<size_t>(unit)];
      for (int32_t k = 0; k < depth; ++k) {
        sum += (weights[static_cast<size_t>(unit * depth + k)] - weights_zero) *
               (input[static_cast<size_t>(i / units * depth + k)] - input_zero);
      }
      // One scale for all: the product of both scales is a float. Several: it is a double.
      const float single = input_scale * scales[0];
      const double product =
          per_channel ? Real(input_scale) * Real(scales[static_cast<size_t>(unit)]) : Real(single);
      expected.push_back(
          ClampToInt8(ScaledExactly(sum, product / Real(output_scale)) + output_zero));
    }
    ASSERT_EQ(result.As<int8_t>(), expected);
  }
}

// With one scale for all weights, its product with the input's is a float. Sums beside the borders
// between two outputs, where that decides, come from the bias.
TEST(FullyConnectedTest, ProductOfScalesIsRoundedToFloat) {
  constexpr float kInputScale = 0.0123f;
  constexpr float kWeightScale = 0.000456f;
  constexpr float kOutputScale = 7.89f;
  constexpr int32_t kUnits = 100;
  const double in_double = Real(kInputScale) * Real(kWeightScale) / Real(kOutputScale);
  const double in_float = Real(kInputScale * kWeightScale) / Real(kOutputScale);
  std::vector<int32_t> bias;
  std::vector<int8_t> expected;
  int decisive = 0;
  for (int32_t i = 0; i < kUnits; ++i) {
    const auto border = static_cast<int32_t>(std::lround((i + 0.5) / in_float));
    bias.push_back(border + (in_float > in_double ? 1 : -1));
    expected.push_back(ClampToInt8(ScaledExactly(bias.back(), in_float)));
    if (ScaledExactly(bias.back(), in_double) != expected.back()) ++decisive;
  }
  ASSERT_GT(decisive, 0);
  const RunResult result =
      RunOne(BuiltinOperator::FULLY_CONNECTED,
             {Int8({1, 1}, kInputScale, 0),
              {{kUnits, 1},
               TensorType::INT8,
               {kWeightScale},
               {0},
               std::vector<uint8_t>(static_cast<size_t>(kUnits), 0)},
              {{kUnits}, TensorType::INT32, {}, {}, BytesOf(bias)}},
             Int8({1, kUnits}, kOutputScale, 0), {{0}}, test::FullyConnectedOptions());
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int8_t>(), expected);
}

// `combine(a - zero, b - zero, scales a, b, output)` gives the output relative to its zero point.
template <typename Combine>
void CheckPairs(BuiltinOperator op, const test::OperatorOptions& options, Combine combine) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Pair pair = MakePair(random);
    const float scales[] = {random.Scale(), random.Scale(), random.Scale()};
    const int32_t zeros[] = {random.Between(-128, 127), random.Between(-128, 127),
                             random.Between(-128, 127)};
    const std::vector<int8_t> a = random.Int8(Count(pair.a));
    const std::vector<int8_t> b = random.Int8(Count(pair.b));
    const RunResult result =
        RunOne(op, {Int8(pair.a, scales[0], zeros[0]), Int8(pair.b, scales[1], zeros[1])},
               Int8(pair.output, scales[2], zeros[2]), {BytesOf(a), BytesOf(b)}, options);
    ASSERT_RAN(result);
    std::vector<int8_t> expected;
    for (size_t i = 0; i < Count(pair.output); ++i) {
      const int64_t steps = combine(Broadcasted(a, pair.a, pair.output, i) - zeros[0],
                                    Broadcasted(b, pair.b, pair.output, i) - zeros[1], scales);
      expected.push_back(ClampToInt8(steps + zeros[2]));
    }
    ASSERT_EQ(result.As<int8_t>(), expected);
  }
}

TEST(AddTest, EqualsPlainMathematicsWithBroadcasting) {
  CheckPairs(BuiltinOperator::ADD, test::AddOptions(),
             [](int64_t a, int64_t b, const float* scales) {
               const double twice = 2.0 * Real(std::max(scales[0], scales[1]));
               const int64_t sum = ScaledExactly(a * 1048576, Real(scales[0]) / twice) +
                                   ScaledExactly(b * 1048576, Real(scales[1]) / twice);
               return ScaledExactly(sum, twice / (1048576.0 * Real(scales[2])));
             });
}

TEST(SubTest, EqualsPlainMathematicsWithBroadcasting) {
  CheckPairs(BuiltinOperator::SUB, test::SubOptions(),
             [](int64_t a, int64_t b, const float* scales) {
               const double twice = 2.0 * Real(std::max(scales[0], scales[1]));
               const int64_t difference = ScaledExactly(a * 1048576, Real(scales[0]) / twice) -
                                          ScaledExactly(b * 1048576, Real(scales[1]) / twice);
               return ScaledExactly(difference, twice / (1048576.0 * Real(scales[2])));
             });
}

TEST(MulTest, EqualsPlainMathematicsWithBroadcasting) {
  CheckPairs(BuiltinOperator::MUL, test::MulOptions(),
             [](int64_t a, int64_t b, const float* scales) {
               return ScaledExactly(a * b, Real(scales[0]) * Real(scales[1]) / Real(scales[2]));
             });
}

// Both take a stored value as it is, so all tensors have one quantization.
TEST(MaximumAndMinimumTest, Int8TakesOneOfTwoWithBroadcasting) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Pair pair = MakePair(random);
    const std::vector<int8_t> a = random.Int8(Count(pair.a));
    const std::vector<int8_t> b = random.Int8(Count(pair.b));
    const auto run = [&](BuiltinOperator op) {
      return RunOne(op, {Int8(pair.a, 0.1f, 3), Int8(pair.b, 0.1f, 3)}, Int8(pair.output, 0.1f, 3),
                    {BytesOf(a), BytesOf(b)});
    };
    const RunResult larger = run(BuiltinOperator::MAXIMUM);
    const RunResult smaller = run(BuiltinOperator::MINIMUM);
    ASSERT_RAN(larger);
    ASSERT_RAN(smaller);
    for (size_t i = 0; i < Count(pair.output); ++i) {
      const int8_t left = Broadcasted(a, pair.a, pair.output, i);
      const int8_t right = Broadcasted(b, pair.b, pair.output, i);
      ASSERT_EQ(larger.As<int8_t>()[i], std::max(left, right));
      ASSERT_EQ(smaller.As<int8_t>()[i], std::min(left, right));
    }
  }
}

std::vector<int8_t> EveryInt8() {
  std::vector<int8_t> values;
  for (int32_t i = -128; i < 128; ++i) values.push_back(static_cast<int8_t>(i));
  return values;
}

TEST(QuantizeTest, EveryInt8ToInt8AndUint8) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const float from = random.Scale();
    const float to = random.Scale();
    const int32_t zero = random.Between(-128, 127);
    const int32_t output_zero = random.Between(-128, 127);
    const RunResult signed_result = RunOne(BuiltinOperator::QUANTIZE, {Int8({256}, from, zero)},
                                           Int8({256}, to, output_zero), {BytesOf(EveryInt8())});
    const RunResult unsigned_result =
        RunOne(BuiltinOperator::QUANTIZE, {Int8({256}, from, zero)},
               {{256}, TensorType::UINT8, {to}, {output_zero + 128}}, {BytesOf(EveryInt8())});
    std::vector<uint8_t> unsigned_input;
    for (const int8_t value : EveryInt8()) {
      unsigned_input.push_back(static_cast<uint8_t>(value + 128));
    }
    const RunResult back =
        RunOne(BuiltinOperator::QUANTIZE, {{{256}, TensorType::UINT8, {from}, {zero + 128}}},
               Int8({256}, to, output_zero), {unsigned_input});
    ASSERT_RAN(signed_result);
    ASSERT_RAN(unsigned_result);
    ASSERT_RAN(back);
    for (size_t i = 0; i < 256; ++i) {
      const int64_t steps = ScaledExactly(EveryInt8()[i] - zero, Real(from) / Real(to));
      const int8_t expected = ClampToInt8(steps + output_zero);
      ASSERT_EQ(signed_result.As<int8_t>()[i], expected);
      ASSERT_EQ(unsigned_result.As<uint8_t>()[i], expected + 128);
      ASSERT_EQ(back.As<int8_t>()[i], expected);
    }
  }
}

TEST(QuantizeTest, FloatRoundsTiesAwayFromZeroAndClamps) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const std::vector<float> input = {0.0f,   0.25f,     -0.25f,     0.24f, 3.75f, 1e9f,
                                    -1e30f, kInfinity, -kInfinity, NAN,   0.75f, -0.75f};
  const std::vector<int8_t> expected = {10, 11, 9, 10, 18, 127, -128, 127, -128, -128, 12, 8};
  const auto count = static_cast<int32_t>(input.size());
  const RunResult result = RunOne(BuiltinOperator::QUANTIZE, {{{count}, TensorType::FLOAT32}},
                                  Int8({count}, 0.5f, 10), {BytesOf(input)});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int8_t>(), expected);
}

TEST(DequantizeTest, EveryInt8) {
  const RunResult result = RunOne(BuiltinOperator::DEQUANTIZE, {Int8({256}, 0.25f, -7)},
                                  {{256}, TensorType::FLOAT32}, {BytesOf(EveryInt8())});
  ASSERT_RAN(result);
  for (size_t i = 0; i < 256; ++i) {
    EXPECT_EQ(result.As<float>()[i], 0.25f * static_cast<float>(EveryInt8()[i] + 7));
  }
}

TEST(ReshapeTest, CopiesElements) {
  const std::vector<int8_t> input = Random(1).Int8(24);
  const RunResult result = RunOne(BuiltinOperator::RESHAPE, {Int8({2, 3, 4}, 0.5f, 0)},
                                  Int8({6, 4}, 0.5f, 0), {BytesOf(input)});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int8_t>(), input);
}

// 1 / (1 + e^-x) and softmax are fixed-point approximations: the best 8-bit result or one beside
// it.
constexpr double kProbabilityTolerance = 1.0;

TEST(LogisticTest, IsWithinOneStepOfTheRealFunction) {
  for (const float scale : {0.001f, 0.01f, 0.05f, 0.1f, 0.5f, 2.0f}) {
    for (const int32_t zero : {-128, -5, 0, 127}) {
      const RunResult result = RunOne(BuiltinOperator::LOGISTIC, {Int8({256}, scale, zero)},
                                      Int8({256}, 1.0f / 256.0f, -128), {BytesOf(EveryInt8())});
      ASSERT_RAN(result);
      for (size_t i = 0; i < 256; ++i) {
        const double x = Real(scale) * (EveryInt8()[i] - zero);
        const double steps = std::min(256.0 / (1.0 + std::exp(-x)), 255.0);
        ASSERT_NEAR(result.As<int8_t>()[i] + 128, steps, kProbabilityTolerance)
            << "scale " << scale << " zero point " << zero << " x " << x;
      }
    }
  }
}

TEST(SoftmaxTest, IsWithinOneStepOfTheRealFunction) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const float scale = random.Scale();
    const float beta = 0.25f * static_cast<float>(random.Between(1, 8));
    const int32_t depth = random.Between(1, 40);
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(3 * depth));
    const RunResult result =
        RunOne(BuiltinOperator::SOFTMAX, {Int8({3, depth}, scale, random.Between(-128, 127))},
               Int8({3, depth}, 1.0f / 256.0f, -128), {BytesOf(input)}, test::SoftmaxOptions(beta));
    ASSERT_RAN(result);
    for (int32_t i = 0; i < 3 * depth; ++i) {
      double sum = 0.0;
      for (int32_t k = 0; k < depth; ++k) {
        const int32_t other = input[static_cast<size_t>(i / depth * depth + k)];
        sum += std::exp(Real(beta) * Real(scale) * (other - input[static_cast<size_t>(i)]));
      }
      ASSERT_NEAR(result.As<int8_t>()[static_cast<size_t>(i)] + 128, std::min(256.0 / sum, 255.0),
                  kProbabilityTolerance);
    }
  }
}

TEST(SoftmaxTest, ToInt16IsCloseToTheRealFunction) {
  constexpr double kSteps = 65536.0;
  const std::vector<int8_t> input = Random(1).Int8(30);
  const RunResult result = RunOne(BuiltinOperator::SOFTMAX, {Int8({3, 10}, 0.02f, 5)},
                                  {{3, 10}, TensorType::INT16, {1.0f / 65536.0f}, {-32768}},
                                  {BytesOf(input)}, test::SoftmaxOptions());
  ASSERT_RAN(result);
  for (size_t i = 0; i < input.size(); ++i) {
    double sum = 0.0;
    for (size_t k = i / 10 * 10; k < i / 10 * 10 + 10; ++k) {
      sum += std::exp(Real(0.02f) * (input[k] - input[i]));
    }
    ASSERT_NEAR(result.As<int16_t>()[i] + 32768, kSteps / sum, 8.0);
  }
}

TEST(SoftmaxTest, LongRowsKeepTheirSum) {
  constexpr int32_t kLongest = 4095;
  const std::vector<int8_t> input(kLongest, 5);
  const RunResult result =
      RunOne(BuiltinOperator::SOFTMAX, {Int8({1, kLongest}, 0.1f, 0)},
             Int8({1, kLongest}, 1.0f / 256.0f, -128), {BytesOf(input)}, test::SoftmaxOptions());
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int8_t>(), std::vector<int8_t>(kLongest, -128));
}

}  // namespace
}  // namespace earshot
