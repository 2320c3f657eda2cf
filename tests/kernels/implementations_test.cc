// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every set of kernels against the reference kernels: the same bytes for every shape.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "earshot/kernels/kernel_sets.h"
#include "earshot/kernels/portable/output_stage.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::ModelBuilder;
using test::Random;
using test::WindowSpec;

// Random layers for each test; EARSHOT_RANDOM_LAYERS names another number.
const uint32_t kCases = [] {
  const char* const count = std::getenv("EARSHOT_RANDOM_LAYERS");
  return count == nullptr ? 600u : static_cast<uint32_t>(std::strtoul(count, nullptr, 10));
}();

// ------------------------------------------------------------------------------------------------
// Choices that tests of all operators share: ordinary ones, and extreme ones often enough.

int32_t ZeroPoint(Random& random) {
  const int32_t choices[] = {-128, 127, 0, random.Between(-128, 127)};
  return choices[random.Between(0, 3)];
}

// From all alike at the limits of int8 to anything.
std::vector<int8_t> Values(Random& random, int32_t count) {
  std::vector<int8_t> values = random.Int8(static_cast<size_t>(count));
  const int32_t kind = random.Between(0, 5);
  if (kind == 0) std::fill(values.begin(), values.end(), INT8_MIN);
  if (kind == 1) std::fill(values.begin(), values.end(), INT8_MAX);
  return values;
}

std::vector<int32_t> Bias(Random& random, int32_t count) {
  std::vector<int32_t> bias;
  for (int32_t i = 0; i < count; ++i) {
    const int32_t choices[] = {random.Between(-9999, 9999), random.Between(-99999, 99999),
                               INT32_MIN, INT32_MAX};
    bias.push_back(
        choices[random.Between(0, 9) == 0 ? random.Between(2, 3) : random.Between(0, 1)]);
  }
  return bias;
}

// One scale or one per channel, some of them so large that outputs are scaled up.
std::vector<float> WeightScales(Random& random, int32_t channels) {
  std::vector<float> scales;
  const float factor = random.Between(0, 4) == 0 ? 1000.0f : 1.0f;
  const int32_t count = random.Between(0, 1) == 0 ? 1 : channels;
  for (int32_t i = 0; i < count; ++i) scales.push_back(factor * random.Scale());
  return scales;
}

// ------------------------------------------------------------------------------------------------

// Adds one operator with `image` as input and constant weights and bias, and runs it with both.
struct OneOperator {
  BuiltinOperator op = BuiltinOperator::CONV_2D;
  test::OperatorOptions options;
  std::vector<int32_t> input_shape, weights_shape, output_shape;
  int32_t channels = 0;
  int32_t channel_axis = 0;
  bool weights_zero_point = false;  // Whether the weights may have one.
  bool computed = false;            // Weights and bias are inputs of the model.
};

void ExpectSameBytes(Random& random, const OneOperator& one, const OperatorResolver& kernels) {
  const auto count = [](const std::vector<int32_t>& shape) {
    int32_t product = 1;
    for (const int32_t extent : shape) product *= extent;
    return product;
  };
  const std::vector<float> scales = WeightScales(random, one.channels);
  std::vector<int64_t> zero_points(scales.size(), 0);
  if (one.weights_zero_point && scales.size() == 1) zero_points[0] = ZeroPoint(random);
  ModelBuilder builder;
  const int input =
      builder.AddTensor({one.input_shape, TensorType::INT8, {random.Scale()}, {ZeroPoint(random)}});
  const std::vector<uint8_t> weight_values =
      test::BytesOf(Values(random, count(one.weights_shape)));
  const std::vector<uint8_t> bias_values = test::BytesOf(Bias(random, one.channels));
  const int weights =
      builder.AddTensor({one.weights_shape, TensorType::INT8, scales, zero_points,
                         one.computed ? std::vector<uint8_t>() : weight_values, one.channel_axis});
  const int bias = builder.AddTensor({{one.channels},
                                      TensorType::INT32,
                                      {},
                                      {},
                                      one.computed ? std::vector<uint8_t>() : bias_values});
  const int output = builder.AddTensor(
      {one.output_shape, TensorType::INT8, {20.0f * random.Scale()}, {ZeroPoint(random)}});
  const bool has_bias = random.Between(0, 3) != 0;
  builder.AddOperator(one.op, {input, weights, has_bias ? bias : -1}, {output}, one.options);
  std::vector<int32_t> inputs = {input};
  std::vector<std::vector<uint8_t>> values = {
      test::BytesOf(Values(random, count(one.input_shape)))};
  if (one.computed) {
    inputs.push_back(weights);
    values.push_back(weight_values);
    if (has_bias) inputs.push_back(bias);
    if (has_bias) values.push_back(bias_values);
  }
  builder.SetInputs(inputs);
  builder.SetOutputs({output});
  const test::RunResult wanted = test::RunModel(builder, values, KernelSets()[0]->kernels);
  ASSERT_TRUE(wanted.status.ok()) << test::Text(wanted.status);
  const test::RunResult found = test::RunModel(builder, values, kernels);
  ASSERT_TRUE(found.status.ok()) << test::Text(found.status);
  ASSERT_EQ(found.As<int8_t>(), wanted.As<int8_t>());
}

schema::ActivationFunctionType Activation(Random& random) {
  return static_cast<schema::ActivationFunctionType>(random.Between(0, 3));
}

// Extent of an output. Where the filter does not fit into the image, padding becomes SAME.
int32_t Output(WindowSpec* window, int32_t input, int32_t filter, int32_t stride,
               int32_t dilation) {
  const int32_t covered = (filter - 1) * dilation + 1;
  if (window->padding == schema::Padding::VALID) return (input - covered) / stride + 1;
  return (input + stride - 1) / stride;
}

// A convolution whose window is often larger than the image, dilated and strided.
OneOperator Convolution(Random& random, bool depthwise) {
  const int32_t batches = random.Between(1, 2);
  const int32_t height = random.Between(1, 12), width = random.Between(1, 12);
  const int32_t filter_h = random.Between(1, 5), filter_w = random.Between(1, 5);
  int32_t channels = random.Between(1, random.Between(0, 3) == 0 ? 40 : 9);
  const int32_t multipliers[] = {1, 1, 8, random.Between(1, 9)};
  const int32_t multiplier = multipliers[random.Between(0, 3)];
  if (depthwise && random.Between(0, 2) == 0) channels = 1;
  WindowSpec window;
  window.stride_h = random.Between(1, 3);
  window.stride_w = random.Between(1, 3);
  window.activation = Activation(random);
  // The last one is far beyond any image, as only damaged files have it.
  const int32_t dilations[] = {1, 1, random.Between(1, 4), random.Between(1, 1 << 27)};
  window.dilation_h = dilations[random.Between(0, 3)];
  window.dilation_w = dilations[random.Between(0, 3)];
  const bool fits =
      (filter_h - 1) * window.dilation_h < height && (filter_w - 1) * window.dilation_w < width;
  window.padding =
      fits && random.Between(0, 1) == 0 ? schema::Padding::VALID : schema::Padding::SAME;
  OneOperator one;
  const int32_t most = random.Between(0, 3) == 0 ? 70 : 9;
  one.channels = depthwise ? channels * multiplier : random.Between(1, most);
  one.op = depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D;
  one.options =
      depthwise ? test::DepthwiseConv2DOptions(window, multiplier) : test::Conv2DOptions(window);
  one.channel_axis = depthwise ? 3 : 0;
  one.input_shape = {batches, height, width, channels};
  one.weights_shape = depthwise ? std::vector<int32_t>{1, filter_h, filter_w, one.channels}
                                : std::vector<int32_t>{one.channels, filter_h, filter_w, channels};
  one.output_shape = {
      batches, Output(&window, height, filter_h, window.stride_h, window.dilation_h),
      Output(&window, width, filter_w, window.stride_w, window.dilation_w), one.channels};
  return one;
}

// By set. The first is the reference itself.
class ImplementationsTest : public testing::TestWithParam<const KernelSet*> {
 protected:
  void SetUp() override {
    if (!GetParam()->is_available()) GTEST_SKIP() << "this processor has no " << GetParam()->name;
  }
  static const OperatorResolver& Kernels() { return GetParam()->kernels; }
};

INSTANTIATE_TEST_SUITE_P(Sets, ImplementationsTest,
                         testing::ValuesIn(KernelSets().begin() + 1, KernelSets().end()),
                         [](const auto& parameter) { return parameter.param->name; });

TEST_P(ImplementationsTest, Conv2DEqualsTheReference) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    ASSERT_NO_FATAL_FAILURE(ExpectSameBytes(random, Convolution(random, false), Kernels()));
  }
}

// One output place that sees all of the image, as the last layers of many models have it.
TEST_P(ImplementationsTest, ConvolutionOfAWholeImageEqualsTheReference) {
  for (uint32_t seed = 0; seed < kCases / 4; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t height = random.Between(1, 12), width = random.Between(1, 12);
    const int32_t channels = random.Between(1, 20);
    WindowSpec window;
    window.padding = schema::Padding::VALID;
    window.activation = Activation(random);
    OneOperator one;
    one.op = BuiltinOperator::CONV_2D;
    one.options = test::Conv2DOptions(window);
    one.channels = random.Between(1, 20);
    one.input_shape = {random.Between(1, 2), height, width, channels};
    one.weights_shape = {one.channels, height, width, channels};
    one.output_shape = {one.input_shape[0], 1, 1, one.channels};
    one.computed = random.Between(0, 7) == 0;
    ASSERT_NO_FATAL_FAILURE(ExpectSameBytes(random, one, Kernels()));
  }
}

TEST_P(ImplementationsTest, ComputedWeightsEqualTheReference) {
  for (uint32_t seed = 0; seed < kCases / 4; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    OneOperator one = Convolution(random, random.Between(0, 1) == 0);
    one.computed = true;
    ASSERT_NO_FATAL_FAILURE(ExpectSameBytes(random, one, Kernels()));
  }
}

// Numbers of all sizes, some of them zeros of both signs; none so large that sums are none.
std::vector<float> Floats(Random& random, int32_t count) {
  std::vector<float> values;
  for (int32_t i = 0; i < count; ++i) {
    const auto number = static_cast<float>(random.Between(-99999, 99999));
    const float sizes[] = {1.0f, 1e-5f, 1e-5f, 1e9f, 0.0f};
    values.push_back(number * sizes[random.Between(0, 4)]);
  }
  return values;
}

// Both give the same bits, though floats that are added up in another order would not.
TEST_P(ImplementationsTest, FloatConv2DEqualsTheReference) {
  const auto count = [](const std::vector<int32_t>& shape) {
    return std::accumulate(shape.begin(), shape.end(), 1, std::multiplies<>());
  };
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    OneOperator one = Convolution(random, false);
    one.channels = one.weights_shape[0] = one.output_shape[3] = random.Between(1, 40);
    // More taps than are turned at once, in some cases.
    if (seed % 50 == 0) one.input_shape[3] = one.weights_shape[3] = 300;
    ModelBuilder builder;
    const auto constant = [&](const std::vector<int32_t>& shape) {
      return builder.AddTensor(
          {shape, TensorType::FLOAT32, {}, {}, test::BytesOf(Floats(random, count(shape)))});
    };
    const int input = builder.AddTensor({one.input_shape, TensorType::FLOAT32});
    const int weights = constant(one.weights_shape);
    const int bias = constant({one.channels});
    const int output = builder.AddTensor({one.output_shape, TensorType::FLOAT32});
    builder.AddOperator(one.op, {input, weights, random.Between(0, 3) != 0 ? bias : -1}, {output},
                        one.options);
    builder.SetInputs({input});
    builder.SetOutputs({output});
    const std::vector<uint8_t> values = test::BytesOf(Floats(random, count(one.input_shape)));
    const test::RunResult wanted = test::RunModel(builder, {values}, KernelSets()[0]->kernels);
    ASSERT_TRUE(wanted.status.ok()) << test::Text(wanted.status);
    const test::RunResult found = test::RunModel(builder, {values}, Kernels());
    ASSERT_TRUE(found.status.ok()) << test::Text(found.status);
    ASSERT_EQ(found.outputs, wanted.outputs);
  }
}

TEST_P(ImplementationsTest, DepthwiseConv2DEqualsTheReference) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    ASSERT_NO_FATAL_FAILURE(ExpectSameBytes(random, Convolution(random, true), Kernels()));
  }
}

TEST_P(ImplementationsTest, FullyConnectedEqualsTheReference) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t batches = random.Between(1, 3);
    const int32_t depth = random.Between(1, 70);
    OneOperator one;
    one.op = BuiltinOperator::FULLY_CONNECTED;
    one.options = test::FullyConnectedOptions(Activation(random));
    one.channels = random.Between(1, random.Between(0, 3) == 0 ? 70 : 9);
    one.input_shape = {batches, depth};
    one.weights_shape = {one.channels, depth};
    one.output_shape = {batches, one.channels};
    one.weights_zero_point = true;
    one.computed = random.Between(0, 9) == 0;
    ASSERT_NO_FATAL_FAILURE(ExpectSameBytes(random, one, Kernels()));
  }
}

// Runs what `builder` holds with the reference and with `kernels`.
void ExpectSameOutputs(const ModelBuilder& builder, const std::vector<std::vector<uint8_t>>& inputs,
                       const OperatorResolver& kernels) {
  const test::RunResult wanted = test::RunModel(builder, inputs, KernelSets()[0]->kernels);
  ASSERT_RAN(wanted);
  const test::RunResult found = test::RunModel(builder, inputs, kernels);
  ASSERT_RAN(found);
  ASSERT_EQ(found.outputs, wanted.outputs);
}

TEST_P(ImplementationsTest, AddEqualsTheReference) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t count = random.Between(1, 100);
    // Equal shapes, or one element for all of the other tensor; scales that are alike now and then,
    // so that what scales both down is 1/2.
    const int32_t of_b = random.Between(0, 4) == 0 ? 1 : count;
    const float scale = random.Scale();
    const float scale_b = random.Between(0, 3) == 0 ? scale : random.Scale();
    const float scale_sum = (random.Between(0, 4) == 0 ? 1e-4f : 2.0f) * random.Scale();
    ModelBuilder builder;
    const int a = builder.AddTensor({{count}, TensorType::INT8, {scale}, {ZeroPoint(random)}});
    const int b = builder.AddTensor({{of_b}, TensorType::INT8, {scale_b}, {ZeroPoint(random)}});
    const int sum =
        builder.AddTensor({{count}, TensorType::INT8, {scale_sum}, {ZeroPoint(random)}});
    builder.AddOperator(BuiltinOperator::ADD, {a, b}, {sum}, test::AddOptions(Activation(random)));
    builder.SetInputs({a, b});
    builder.SetOutputs({sum});
    ASSERT_NO_FATAL_FAILURE(ExpectSameOutputs(
        builder, {test::BytesOf(Values(random, count)), test::BytesOf(Values(random, of_b))},
        Kernels()));
  }
}

TEST_P(ImplementationsTest, AveragePool2DEqualsTheReference) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t channels = random.Between(1, 40);
    const int32_t batches = random.Between(1, 2);
    const int32_t height = random.Between(1, 12), width = random.Between(1, 12);
    const int32_t filter_h = random.Between(1, 6), filter_w = random.Between(1, 6);
    WindowSpec window;
    window.stride_h = random.Between(1, 3);
    window.stride_w = random.Between(1, 3);
    window.activation = Activation(random);
    const bool fits = filter_h <= height && filter_w <= width;
    window.padding =
        fits && random.Between(0, 1) == 0 ? schema::Padding::VALID : schema::Padding::SAME;
    const std::vector<int32_t> shape = {batches, height, width, channels};
    const std::vector<int32_t> pooled = {
        batches, Output(&window, height, filter_h, window.stride_h, 1),
        Output(&window, width, filter_w, window.stride_w, 1), channels};
    const float scale = random.Scale();
    const int64_t zero_point = ZeroPoint(random);
    ModelBuilder builder;
    const int image = builder.AddTensor({shape, TensorType::INT8, {scale}, {zero_point}});
    const int output = builder.AddTensor({pooled, TensorType::INT8, {scale}, {zero_point}});
    builder.AddOperator(BuiltinOperator::AVERAGE_POOL_2D, {image}, {output},
                        test::Pool2DOptions(window, filter_h, filter_w));
    builder.SetInputs({image});
    builder.SetOutputs({output});
    const int32_t count = batches * height * width * channels;
    ASSERT_NO_FATAL_FAILURE(
        ExpectSameOutputs(builder, {test::BytesOf(Values(random, count))}, Kernels()));
  }
}

// ------------------------------------------------------------------------------------------------

// Sums over all of int32, many of them around zero and around the limits.
TEST(RequantizeTest, EqualsTheReferenceOverTheIntegerDomain) {
  constexpr int32_t kSums = 2000;
  const int32_t multipliers[] = {0, 1 << 30, (1 << 30) + 1, 1518500250, INT32_MAX - 1, INT32_MAX};
  for (int32_t shift = -31; shift <= 30; ++shift) {
    Random random(static_cast<uint32_t>(shift + 31));
    for (const int32_t multiplier : multipliers) {
      const QuantizedMultiplier by = {multiplier, shift};
      for (int32_t i = 0; i < kSums; ++i) {
        const auto anything = static_cast<int32_t>(static_cast<uint32_t>(i) * 2654435769u);
        // Where the second rounding has its ties: odd multiples of half of 2^-shift.
        const auto tie = static_cast<int32_t>(static_cast<uint32_t>(2 * i - kSums + 1)
                                              << (shift < 0 ? -shift : 0));
        for (const int32_t sum :
             {anything, i - kSums / 2, INT32_MIN + i, INT32_MAX - i, tie, WrappingAdd(tie, 1),
              WrappingAdd(tie, -1), random.Between(-9999999, 9999999)}) {
          ASSERT_EQ(portable::Requantize(sum, by), MultiplyByQuantizedMultiplier(sum, by))
              << sum << " times " << multiplier << ", shift " << shift;
        }
      }
    }
  }
}

}  // namespace
}  // namespace earshot
