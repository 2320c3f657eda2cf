// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CONV_2D and DEPTHWISE_CONV_2D on int8 against a convolution that pads its image first and then
// sums in 64 bits.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::ModelBuilder;
using test::Random;
using test::WindowSpec;

constexpr int kCases = 150;

struct Case {
  bool depthwise;
  WindowSpec window;
  int32_t batches, height, width, channels, filter_h, filter_w, depth_multiplier, output_channels;
  float input_scale, output_scale;
  int32_t input_zero, output_zero;
  std::vector<float> weight_scales;  // One or one per output channel.
  bool has_bias;
  std::vector<int8_t> image, weights;
  std::vector<int32_t> bias;
};

struct Extent {
  int32_t output, before;
};

Extent Along(const Case& c, int32_t input, int32_t filter, int32_t stride, int32_t dilation) {
  const int32_t covered = (filter - 1) * dilation + 1;
  if (c.window.padding == schema::Padding::VALID) return {(input - covered) / stride + 1, 0};
  const int32_t output = input / stride + (input % stride != 0 ? 1 : 0);
  return {output, std::max(0, (output - 1) * stride + covered - input) / 2};
}

Case MakeCase(uint32_t seed, bool depthwise) {
  Random random(seed);
  Case c;
  c.depthwise = depthwise;
  c.window = {random.Between(0, 1) == 0 ? schema::Padding::SAME : schema::Padding::VALID,
              random.Between(1, 3),
              random.Between(1, 3),
              static_cast<schema::ActivationFunctionType>(random.Between(0, 3)),
              random.Between(1, 2),
              random.Between(1, 2)};
  c.batches = random.Between(1, 2);
  c.filter_h = random.Between(1, 4);
  c.filter_w = random.Between(1, 4);
  // VALID: the image holds the filter.
  c.height = random.Between(7, 11);
  c.width = random.Between(7, 11);
  c.channels = random.Between(1, 4);
  c.depth_multiplier = random.Between(1, 3);
  c.output_channels = depthwise ? c.channels * c.depth_multiplier : random.Between(1, 5);
  c.input_scale = random.Scale();
  c.output_scale = 20.0f * random.Scale();
  c.input_zero = random.Between(-128, 127);
  c.output_zero = random.Between(-128, 127);
  const int32_t scales = random.Between(0, 1) == 0 ? 1 : c.output_channels;
  for (int32_t i = 0; i < scales; ++i) c.weight_scales.push_back(random.Scale());
  c.has_bias = random.Between(0, 3) != 0;
  const int32_t input_depth = depthwise ? 1 : c.channels;
  c.image = random.Int8(static_cast<size_t>(c.batches * c.height * c.width * c.channels));
  c.weights =
      random.Int8(static_cast<size_t>(c.output_channels * c.filter_h * c.filter_w * input_depth));
  for (int32_t i = 0; i < c.output_channels; ++i) c.bias.push_back(random.Between(-9999, 9999));
  return c;
}

ModelBuilder Build(const Case& c, const Extent& y, const Extent& x) {
  ModelBuilder builder;
  const int image = builder.AddTensor({{c.batches, c.height, c.width, c.channels},
                                       TensorType::INT8,
                                       {c.input_scale},
                                       {c.input_zero}});
  std::vector<int32_t> shape = {c.output_channels, c.filter_h, c.filter_w, c.channels};
  if (c.depthwise) shape = {1, c.filter_h, c.filter_w, c.output_channels};
  const int weights = builder.AddTensor({shape, TensorType::INT8, c.weight_scales,
                                         std::vector<int64_t>(c.weight_scales.size(), 0),
                                         test::BytesOf(c.weights), c.depthwise ? 3 : 0});
  const int bias =
      builder.AddTensor({{c.output_channels}, TensorType::INT32, {}, {}, test::BytesOf(c.bias)});
  const int output = builder.AddTensor({{c.batches, y.output, x.output, c.output_channels},
                                        TensorType::INT8,
                                        {c.output_scale},
                                        {c.output_zero}});
  builder.AddOperator(c.depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D,
                      {image, weights, c.has_bias ? bias : -1}, {output},
                      c.depthwise ? test::DepthwiseConv2DOptions(c.window, c.depth_multiplier)
                                  : test::Conv2DOptions(c.window));
  builder.SetInputs({image});
  builder.SetOutputs({output});
  return builder;
}

// Rows of (image - zero point) with enough zeros around.
std::vector<int32_t> PadImage(const Case& c, int32_t margin) {
  const int32_t height = c.height + 2 * margin;
  const int32_t width = c.width + 2 * margin;
  std::vector<int32_t> padded(static_cast<size_t>(c.batches * height * width * c.channels), 0);
  size_t next = 0;
  for (int32_t b = 0; b < c.batches; ++b) {
    for (int32_t y = 0; y < c.height; ++y) {
      for (int32_t x = 0; x < c.width * c.channels; ++x) {
        const int32_t row = (b * height + y + margin) * width + margin;
        padded[static_cast<size_t>(row * c.channels + x)] = c.image[next++] - c.input_zero;
      }
    }
  }
  return padded;
}

int8_t Finish(const Case& c, int64_t sum, int32_t channel) {
  const auto at = static_cast<size_t>(channel);
  if (c.has_bias) sum += c.bias[at];
  const double real = static_cast<double>(c.input_scale) *
                      static_cast<double>(c.weight_scales[c.weight_scales.size() == 1 ? 0 : at]) /
                      static_cast<double>(c.output_scale);
  int64_t lowest = -128;
  int64_t highest = 127;
  const auto stored = [&](float value) {
    return c.output_zero + static_cast<int64_t>(std::lround(value / c.output_scale));
  };
  using schema::ActivationFunctionType;
  if (c.window.activation == ActivationFunctionType::RELU) lowest = c.output_zero;
  if (c.window.activation == ActivationFunctionType::RELU6) {
    lowest = c.output_zero;
    highest = std::min<int64_t>(127, stored(6.0f));
  }
  if (c.window.activation == ActivationFunctionType::RELU_N1_TO_1) {
    lowest = std::max<int64_t>(-128, stored(-1.0f));
    highest = std::min<int64_t>(127, stored(1.0f));
  }
  return test::ClampToInt8(test::ScaledExactly(sum, real) + c.output_zero, lowest, highest);
}

std::vector<int8_t> Expected(const Case& c, const Extent& ys, const Extent& xs) {
  constexpr int32_t kMargin = 16;
  const std::vector<int32_t> image = PadImage(c, kMargin);
  std::vector<int8_t> result;
  const auto pixel = [&](int32_t b, int32_t y, int32_t x, int32_t channel) {
    const int32_t row = b * (c.height + 2 * kMargin) + y + kMargin;
    const int32_t column = x + kMargin;
    return image[static_cast<size_t>((row * (c.width + 2 * kMargin) + column) * c.channels +
                                     channel)];
  };
  const auto weight = [&](int32_t o, int32_t fy, int32_t fx, int32_t channel) -> int64_t {
    const int32_t tap = fy * c.filter_w + fx;
    return c.weights[static_cast<size_t>(
        c.depthwise ? tap * c.output_channels + o
                    : (o * c.filter_h * c.filter_w + tap) * c.channels + channel)];
  };
  const int32_t results = c.batches * ys.output * xs.output * c.output_channels;
  for (int32_t i = 0; i < results; ++i) {
    const int32_t o = i % c.output_channels;
    const int32_t x = i / c.output_channels % xs.output;
    const int32_t y = i / c.output_channels / xs.output % ys.output;
    const int32_t b = i / c.output_channels / xs.output / ys.output;
    const int32_t first = c.depthwise ? o / c.depth_multiplier : 0;
    const int32_t last = c.depthwise ? first : c.channels - 1;
    int64_t sum = 0;
    for (int32_t fy = 0; fy < c.filter_h; ++fy) {
      for (int32_t fx = 0; fx < c.filter_w; ++fx) {
        for (int32_t channel = first; channel <= last; ++channel) {
          sum += weight(o, fy, fx, channel) *
                 pixel(b, y * c.window.stride_h - ys.before + fy * c.window.dilation_h,
                       x * c.window.stride_w - xs.before + fx * c.window.dilation_w, channel);
        }
      }
    }
    result.push_back(Finish(c, sum, o));
  }
  return result;
}

void CheckCases(bool depthwise) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Case c = MakeCase(seed, depthwise);
    const Extent y = Along(c, c.height, c.filter_h, c.window.stride_h, c.window.dilation_h);
    const Extent x = Along(c, c.width, c.filter_w, c.window.stride_w, c.window.dilation_w);
    const test::RunResult result = test::RunModel(Build(c, y, x), {test::BytesOf(c.image)});
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    ASSERT_EQ(result.As<int8_t>(), Expected(c, y, x));
  }
}

TEST(Conv2DTest, Int8EqualsPlainMathematics) { CheckCases(false); }

TEST(DepthwiseConv2DTest, Int8EqualsPlainMathematics) { CheckCases(true); }

}  // namespace
}  // namespace earshot
