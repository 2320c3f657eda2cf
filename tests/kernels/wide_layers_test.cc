// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers on int16 with int8 weights, and TRANSPOSE_CONV of all types, against sums over all
// elements.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/real_arithmetic.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Clamped;
using test::Count;
using test::Padding;
using test::Random;
using test::Real;
using test::RunResult;
using test::ScaledExactly;
using test::TensorSpec;
using test::Walk;

constexpr uint32_t kCases = 60;

// `value` times `real`, as the format's reference scales sums of 64 bits: by 15 bits, rounded once.
int64_t ScaledWide(int64_t value, double real) {
  int exponent = 0;
  const double fraction = std::frexp(real, &exponent);
  const auto mantissa = std::llround(std::ldexp(fraction, 31));
  const int64_t reduced = std::min<int64_t>((mantissa + 32768) / 65536, 32767);
  return test::HalfUp(static_cast<__int128>(value) * reduced, 15 - exponent);
}

// A layer's numbers: weights with a scale for each of `channels`, and a bias.
struct Layer {
  std::vector<int8_t> weights;
  std::vector<float> scales;
  std::vector<int64_t> bias;
  float input_scale = 0.0f;
  float output_scale = 0.0f;
  bool wide = false;  // The bias has 64 bits.
};

Layer AnyLayer(Random& random, int32_t channels, int32_t weights) {
  Layer layer;
  layer.wide = random.Between(0, 1) == 1;
  layer.weights = random.Int8(static_cast<size_t>(weights));
  layer.input_scale = random.Scale();
  layer.output_scale = 100.0f * random.Scale();
  for (int32_t i = 0; i < channels; ++i) {
    layer.scales.push_back(random.Scale());
    layer.bias.push_back(random.Between(-999999, 999999));
  }
  return layer;
}

TensorSpec WeightsOf(const Layer& layer, std::vector<int32_t> shape, int32_t axis) {
  return {std::move(shape),       TensorType::INT8,
          layer.scales,           std::vector<int64_t>(layer.scales.size(), 0),
          BytesOf(layer.weights), axis};
}

TensorSpec BiasOf(const Layer& layer) {
  const auto count = static_cast<int32_t>(layer.bias.size());
  if (layer.wide) return {{count}, TensorType::INT64, {}, {}, BytesOf(layer.bias)};
  return {{count},
          TensorType::INT32,
          {},
          {},
          BytesOf(std::vector<int32_t>(layer.bias.begin(), layer.bias.end()))};
}

TensorSpec Int16(std::vector<int32_t> shape, float scale) {
  return {std::move(shape), TensorType::INT16, {scale}, {0}};
}

std::vector<int16_t> AnyInt16(Random& random, size_t count) {
  std::vector<int16_t> values(count);
  for (int16_t& value : values) value = static_cast<int16_t>(random.Between(-32768, 32767));
  return values;
}

int16_t Output(const Layer& layer, size_t channel, int64_t sum) {
  const double scale =
      Real(layer.input_scale) * Real(layer.scales[channel]) / Real(layer.output_scale);
  sum += layer.bias[channel];
  return Clamped<int16_t>(layer.wide ? ScaledWide(sum, scale) : ScaledExactly(sum, scale));
}

TEST(WideFullyConnectedTest, EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 3), depth = random.Between(1, 70),
                  units = random.Between(2, 9);
    const Layer layer = AnyLayer(random, units, units * depth);
    const std::vector<int16_t> input = AnyInt16(random, static_cast<size_t>(rows * depth));
    const RunResult result = test::Run({BuiltinOperator::FULLY_CONNECTED,
                                        {Int16({rows, depth}, layer.input_scale),
                                         WeightsOf(layer, {units, depth}, 0), BiasOf(layer)},
                                        {Int16({rows, units}, layer.output_scale)},
                                        test::FullyConnectedOptions()},
                                       {BytesOf(input)});
    ASSERT_RAN(result);
    for (int32_t i = 0; i < rows * units; ++i) {
      int64_t sum = 0;
      for (int32_t k = 0; k < depth; ++k) {
        sum += layer.weights[static_cast<size_t>(i % units * depth + k)] *
               input[static_cast<size_t>(i / units * depth + k)];
      }
      ASSERT_EQ(result.As<int16_t>()[static_cast<size_t>(i)],
                Output(layer, static_cast<size_t>(i % units), sum));
    }
  }
}

// Sizes of a convolution or of a pool.
struct Sizes {
  Padding padding;
  int32_t filter_h, filter_w, stride_h, stride_w, height, width;
  Walk rows, columns;
};

Sizes AnySizes(Random& random) {
  Sizes sizes;
  sizes.padding = random.Between(0, 1) == 0 ? Padding::SAME : Padding::VALID;
  sizes.filter_h = random.Between(1, 4);
  sizes.filter_w = random.Between(1, 4);
  sizes.stride_h = random.Between(1, 3);
  sizes.stride_w = random.Between(1, 3);
  sizes.height = test::AnyExtent(random, sizes.padding, sizes.filter_h, 1);
  sizes.width = test::AnyExtent(random, sizes.padding, sizes.filter_w, 1);
  sizes.rows = test::WalkAlong(sizes.padding, sizes.height, sizes.filter_h, sizes.stride_h, 1);
  sizes.columns = test::WalkAlong(sizes.padding, sizes.width, sizes.filter_w, sizes.stride_w, 1);
  return sizes;
}

test::WindowSpec WindowOf(const Sizes& sizes) {
  return {sizes.padding, sizes.stride_h, sizes.stride_w};
}

// Calls visit(output position, image position, tap) wherever a tap lies inside, of one image.
template <typename Visit>
void ForEachTap(const Sizes& sizes, const Visit& visit) {
  for (int32_t out = 0; out < sizes.rows.outputs * sizes.columns.outputs; ++out) {
    for (int32_t tap = 0; tap < sizes.filter_h * sizes.filter_w; ++tap) {
      const int32_t y =
          out / sizes.columns.outputs * sizes.stride_h - sizes.rows.before + tap / sizes.filter_w;
      const int32_t x = out % sizes.columns.outputs * sizes.stride_w - sizes.columns.before +
                        tap % sizes.filter_w;
      if (y < 0 || x < 0 || y >= sizes.height || x >= sizes.width) continue;
      visit(static_cast<size_t>(out), static_cast<size_t>(y * sizes.width + x),
            static_cast<size_t>(tap));
    }
  }
}

TEST(WideConvolutionTest, EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < 2 * kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const bool depthwise = seed % 2 == 1;
    const Sizes sizes = AnySizes(random);
    const auto in = static_cast<size_t>(random.Between(1, 3));
    const auto multiplier = static_cast<size_t>(random.Between(2, 3));
    const size_t out = depthwise ? in * multiplier : static_cast<size_t>(random.Between(2, 4));
    const auto channels = [](size_t count) { return static_cast<int32_t>(count); };
    const size_t taps = static_cast<size_t>(sizes.filter_h * sizes.filter_w);
    Layer layer = AnyLayer(random, channels(out), channels(taps * out * (depthwise ? 1 : in)));
    if (depthwise) layer.wide = true;
    const std::vector<int32_t> shape = {1, sizes.height, sizes.width, channels(in)};
    const std::vector<int16_t> image = AnyInt16(random, Count(shape));
    const std::vector<int32_t> filter =
        depthwise
            ? std::vector<int32_t>{1, sizes.filter_h, sizes.filter_w, channels(out)}
            : std::vector<int32_t>{channels(out), sizes.filter_h, sizes.filter_w, channels(in)};
    const RunResult result = test::Run(
        {depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D,
         {Int16(shape, layer.input_scale), WeightsOf(layer, filter, depthwise ? 3 : 0),
          BiasOf(layer)},
         {Int16({1, sizes.rows.outputs, sizes.columns.outputs, channels(out)}, layer.output_scale)},
         depthwise ? test::DepthwiseConv2DOptions(WindowOf(sizes), channels(multiplier))
                   : test::Conv2DOptions(WindowOf(sizes))},
        {BytesOf(image)});
    ASSERT_RAN(result);
    std::vector<int64_t> sums(result.As<int16_t>().size());
    ForEachTap(sizes, [&](size_t position, size_t pixel, size_t tap) {
      for (size_t o = 0; o < out; ++o) {
        for (size_t i = 0; i < in; ++i) {
          if (depthwise && o / multiplier != i) continue;
          const size_t weight = depthwise ? tap * out + o : (o * taps + tap) * in + i;
          sums[position * out + o] += layer.weights[weight] * image[pixel * in + i];
        }
      }
    });
    for (size_t i = 0; i < sums.size(); ++i) {
      ASSERT_EQ(result.As<int16_t>()[i], Output(layer, i % out, sums[i])) << "element " << i;
    }
  }
}

TEST(WidePoolTest, EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Sizes sizes = AnySizes(random);
    constexpr size_t kChannels = 2;
    const std::vector<int32_t> shape = {1, sizes.height, sizes.width, kChannels};
    const std::vector<int16_t> image = AnyInt16(random, Count(shape));
    const std::vector<int32_t> output = {1, sizes.rows.outputs, sizes.columns.outputs, kChannels};
    const auto run = [&](BuiltinOperator op) {
      return test::Run({op,
                        {Int16(shape, 0.1f)},
                        {Int16(output, 0.1f)},
                        test::Pool2DOptions(WindowOf(sizes), sizes.filter_h, sizes.filter_w)},
                       {BytesOf(image)});
    };
    const RunResult average = run(BuiltinOperator::AVERAGE_POOL_2D);
    const RunResult maximum = run(BuiltinOperator::MAX_POOL_2D);
    ASSERT_RAN(average);
    ASSERT_RAN(maximum);
    std::vector<std::vector<int16_t>> windows(Count(output));
    ForEachTap(sizes, [&](size_t position, size_t pixel, size_t) {
      for (size_t c = 0; c < kChannels; ++c) {
        windows[position * kChannels + c].push_back(image[pixel * kChannels + c]);
      }
    });
    for (size_t i = 0; i < windows.size(); ++i) {
      double sum = 0;
      for (const int16_t value : windows[i]) sum += value;
      ASSERT_EQ(average.As<int16_t>()[i],
                std::lround(sum / static_cast<double>(windows[i].size())));
      ASSERT_EQ(maximum.As<int16_t>()[i], *std::max_element(windows[i].begin(), windows[i].end()));
    }
  }
}

// ------------------------------------------------------------------------------------------------

// The output of sums of products with the sizes of a convolution that goes the other way.
template <typename T>
void CheckTransposeConv() {
  constexpr bool kReal = std::is_floating_point_v<T>;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Sizes sizes = AnySizes(random);
    const size_t in = static_cast<size_t>(random.Between(1, 3)),
                 out = static_cast<size_t>(random.Between(2, 4)),
                 taps = static_cast<size_t>(sizes.filter_h * sizes.filter_w);
    Layer layer =
        AnyLayer(random, static_cast<int32_t>(out), static_cast<int32_t>(taps * in * out));
    layer.wide = sizeof(T) == 2;
    if (sizeof(T) == 1) layer.output_scale *= 20.0f;
    const std::vector<int32_t> image_shape = {1, sizes.rows.outputs, sizes.columns.outputs,
                                              static_cast<int32_t>(in)};
    const std::vector<int32_t> output_shape = {1, sizes.height, sizes.width,
                                               static_cast<int32_t>(out)};
    const int32_t zero = sizeof(T) == 1 ? random.Between(-128, 127) : 0;
    const int32_t output_zero = sizeof(T) == 1 ? random.Between(-128, 127) : 0;
    std::vector<T> image(Count(image_shape));
    for (T& value : image) value = static_cast<T>(random.Between(-100, 100));
    TensorSpec filter = WeightsOf(
        layer,
        {static_cast<int32_t>(out), sizes.filter_h, sizes.filter_w, static_cast<int32_t>(in)}, 0);
    TensorSpec bias = BiasOf(layer);
    const auto activation = [&](std::vector<int32_t> shape, float scale,
                                int32_t zero_point) -> TensorSpec {
      if (kReal) return {std::move(shape), TensorType::FLOAT32};
      return {std::move(shape), test::kTypeOf<T>, {scale}, {zero_point}};
    };
    if (kReal) {
      filter = {filter.shape,
                TensorType::FLOAT32,
                {},
                {},
                BytesOf(std::vector<float>(layer.weights.begin(), layer.weights.end()))};
      bias = {bias.shape,
              TensorType::FLOAT32,
              {},
              {},
              BytesOf(std::vector<float>(layer.bias.begin(), layer.bias.end()))};
    }
    const RunResult result = test::Run({BuiltinOperator::TRANSPOSE_CONV,
                                        {test::Int32({4}, output_shape), filter,
                                         activation(image_shape, layer.input_scale, zero), bias},
                                        {activation(output_shape, layer.output_scale, output_zero)},
                                        test::TransposeConvOptions(WindowOf(sizes))},
                                       {BytesOf(image)});
    ASSERT_RAN(result);
    const std::vector<T> found = result.As<T>();
    std::vector<int64_t> sums(found.size());
    ForEachTap(sizes, [&](size_t pixel, size_t position, size_t tap) {
      for (size_t o = 0; o < out; ++o) {
        for (size_t i = 0; i < in; ++i) {
          sums[position * out + o] += layer.weights[(o * taps + tap) * in + i] *
                                      (static_cast<int64_t>(image[pixel * in + i]) - zero);
        }
      }
    });
    for (size_t i = 0; i < sums.size(); ++i) {
      const int64_t sum = sums[i] + layer.bias[i % out];
      const double scale =
          Real(layer.input_scale) * Real(layer.scales[i % out]) / Real(layer.output_scale);
      if constexpr (kReal) {
        ASSERT_NEAR(Real(found[i]), static_cast<double>(sum), 1.0) << "element " << i;
      } else {
        const int64_t steps = layer.wide ? ScaledWide(sum, scale) : ScaledExactly(sum, scale);
        ASSERT_EQ(found[i], Clamped<T>(steps + output_zero)) << "element " << i;
      }
    }
  }
}

TEST(TransposeConvTest, Int8EqualsPlainMathematics) { CheckTransposeConv<int8_t>(); }
TEST(TransposeConvTest, Int16EqualsPlainMathematics) { CheckTransposeConv<int16_t>(); }
TEST(TransposeConvTest, Float32IsCloseToPlainMathematics) { CheckTransposeConv<float>(); }

}  // namespace
}  // namespace earshot
