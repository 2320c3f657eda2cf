// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CONV_2D and DEPTHWISE_CONV_2D on float32 against one convolution in double. A depthwise filter is
// a full one whose weights are zero except where an output channel meets its own input channel.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/real_arithmetic.h"

namespace earshot {
namespace {

using test::Random;
using test::RealSum;

constexpr uint32_t kCases = 150;

struct Case {
  bool depthwise;
  test::WindowSpec window;
  int32_t batches, height, width, channels, filter_h, filter_w, depth_multiplier, output_channels;
  bool has_bias;
  std::vector<float> image, filter, bias;
};

Case MakeCase(uint32_t seed, bool depthwise) {
  Random random(seed);
  Case c;
  c.depthwise = depthwise;
  c.window.padding = random.Between(0, 1) == 0 ? schema::Padding::SAME : schema::Padding::VALID;
  c.window.stride_h = random.Between(1, 3);
  c.window.stride_w = random.Between(1, 3);
  c.window.activation = test::AnyActivation(random);
  c.window.dilation_h = random.Between(1, 3);
  c.window.dilation_w = random.Between(1, 3);
  c.batches = random.Between(1, 2);
  c.filter_h = random.Between(1, 4);
  c.filter_w = random.Between(1, 4);
  c.height = test::AnyExtent(random, c.window.padding, c.filter_h, c.window.dilation_h);
  c.width = test::AnyExtent(random, c.window.padding, c.filter_w, c.window.dilation_w);
  c.channels = random.Between(1, 4);
  c.depth_multiplier = random.Between(1, 3);
  c.output_channels = depthwise ? c.channels * c.depth_multiplier : random.Between(1, 5);
  c.has_bias = random.Between(0, 3) != 0;
  const auto size = [](int32_t elements) { return static_cast<size_t>(elements); };
  c.image = test::Reals(random, size(c.batches * c.height * c.width * c.channels), 3.0f);
  c.filter = test::Reals(
      random, size(c.output_channels * c.filter_h * c.filter_w * (depthwise ? 1 : c.channels)),
      1.0f);
  c.bias = test::Reals(random, size(c.output_channels), 5.0f);
  return c;
}

double Pixel(const Case& c, int32_t b, int32_t y, int32_t x, int32_t channel) {
  if (y < 0 || y >= c.height || x < 0 || x >= c.width) return 0.0;
  const int32_t at = ((b * c.height + y) * c.width + x) * c.channels + channel;
  return static_cast<double>(c.image[static_cast<size_t>(at)]);
}

double Weight(const Case& c, int32_t y, int32_t x, int32_t from, int32_t to) {
  int32_t at = ((to * c.filter_h + y) * c.filter_w + x) * c.channels + from;
  if (c.depthwise) {
    if (to / c.depth_multiplier != from) return 0.0;
    at = (y * c.filter_w + x) * c.output_channels + to;
  }
  return static_cast<double>(c.filter[static_cast<size_t>(at)]);
}

// One output channel of the window whose first tap lies at [top][left].
RealSum At(const Case& c, int32_t b, int32_t top, int32_t left, int32_t to) {
  RealSum sum;
  for (int32_t y = 0; y < c.filter_h; ++y) {
    for (int32_t x = 0; x < c.filter_w; ++x) {
      for (int32_t from = 0; from < c.channels; ++from) {
        sum.Add(Weight(c, y, x, from, to) *
                Pixel(c, b, top + y * c.window.dilation_h, left + x * c.window.dilation_w, from));
      }
    }
  }
  if (c.has_bias) sum.Add(static_cast<double>(c.bias[static_cast<size_t>(to)]));
  return sum;
}

void CheckCase(const Case& c) {
  const auto& window = c.window;
  const test::Walk down =
      test::WalkAlong(window.padding, c.height, c.filter_h, window.stride_h, window.dilation_h);
  const test::Walk right =
      test::WalkAlong(window.padding, c.width, c.filter_w, window.stride_w, window.dilation_w);
  std::vector<RealSum> expected;
  for (int32_t b = 0; b < c.batches; ++b) {
    for (int32_t y = 0; y < down.outputs; ++y) {
      for (int32_t x = 0; x < right.outputs; ++x) {
        for (int32_t to = 0; to < c.output_channels; ++to) {
          expected.push_back(
              At(c, b, y * window.stride_h - down.before, x * window.stride_w - right.before, to));
        }
      }
    }
  }

  std::vector<int32_t> filter_shape = {c.output_channels, c.filter_h, c.filter_w, c.channels};
  if (c.depthwise) filter_shape = {1, c.filter_h, c.filter_w, c.output_channels};
  std::vector<test::TensorSpec> constants = {test::Float32(filter_shape, c.filter)};
  if (c.has_bias) constants.push_back(test::Float32({c.output_channels}, c.bias));
  const test::RunResult result =
      test::RunFloat32(c.depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D,
                       test::Float32({c.batches, c.height, c.width, c.channels}), constants,
                       {c.batches, down.outputs, right.outputs, c.output_channels}, c.image,
                       c.depthwise ? test::DepthwiseConv2DOptions(window, c.depth_multiplier)
                                   : test::Conv2DOptions(window));
  test::ExpectClose(result, expected, window.activation);
}

void CheckCases(bool depthwise) {
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    CheckCase(MakeCase(seed, depthwise));
  }
}

TEST(Conv2DTest, Float32IsCloseToPlainMathematics) { CheckCases(false); }

TEST(DepthwiseConv2DTest, Float32IsCloseToPlainMathematics) { CheckCases(true); }

}  // namespace
}  // namespace earshot
