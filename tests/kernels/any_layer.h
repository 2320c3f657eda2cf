// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FULLY_CONNECTED, CONV_2D and DEPTHWISE_CONV_2D of random shapes, and which products make up each
// of their outputs, whatever the types.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

struct AnyLayer {
  BuiltinOperator op;
  WindowSpec window;  // Of FULLY_CONNECTED the activation alone.
  std::vector<int32_t> input, weights, output;
  int32_t channels, channel_axis;
  int32_t depth_multiplier = 0;
  Walk down = {}, right = {};

  OperatorOptions Options(bool asymmetric = false) const {
    if (op == BuiltinOperator::CONV_2D) return Conv2DOptions(window);
    if (op == BuiltinOperator::DEPTHWISE_CONV_2D) {
      return DepthwiseConv2DOptions(window, depth_multiplier);
    }
    return FullyConnectedOptions(window.activation, false, 0, asymmetric);
  }
};

inline constexpr BuiltinOperator kLayers[] = {
    BuiltinOperator::FULLY_CONNECTED, BuiltinOperator::CONV_2D, BuiltinOperator::DEPTHWISE_CONV_2D};

inline size_t CountOf(const std::vector<int32_t>& shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  return count;
}

inline AnyLayer AnyRows(Random& random) {
  AnyLayer layer = {BuiltinOperator::FULLY_CONNECTED, {}, {}, {}, {}, random.Between(1, 9), 0};
  const int32_t rows = random.Between(1, 3), depth = random.Between(1, 50);
  layer.input = {rows, depth};
  layer.weights = {layer.channels, depth};
  layer.output = {rows, layer.channels};
  return layer;
}

inline AnyLayer AnyConvolution(Random& random, bool depthwise, bool dilated) {
  AnyLayer layer = {depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D,
                    {},
                    {},
                    {},
                    {},
                    random.Between(1, 5),
                    depthwise ? 3 : 0};
  WindowSpec& window = layer.window;
  window.padding = random.Between(0, 1) == 0 ? Padding::SAME : Padding::VALID;
  window.stride_h = window.stride_w = random.Between(1, 3);  // Depthwise ones must be equal.
  window.dilation_h = dilated ? random.Between(1, 2) : 1;
  window.dilation_w = dilated ? random.Between(1, 2) : 1;
  const int32_t batches = random.Between(1, 2), filter_h = random.Between(1, 4),
                filter_w = random.Between(1, 4), channels = random.Between(1, 4);
  const int32_t height = AnyExtent(random, window.padding, filter_h, window.dilation_h),
                width = AnyExtent(random, window.padding, filter_w, window.dilation_w);
  layer.depth_multiplier = random.Between(1, 3);
  if (depthwise) layer.channels = channels * layer.depth_multiplier;
  layer.input = {batches, height, width, channels};
  layer.weights = depthwise ? std::vector<int32_t>{1, filter_h, filter_w, layer.channels}
                            : std::vector<int32_t>{layer.channels, filter_h, filter_w, channels};
  layer.down = WalkAlong(window.padding, height, filter_h, window.stride_h, window.dilation_h);
  layer.right = WalkAlong(window.padding, width, filter_w, window.stride_w, window.dilation_w);
  layer.output = {batches, layer.down.outputs, layer.right.outputs, layer.channels};
  return layer;
}

inline AnyLayer MakeLayer(Random& random, BuiltinOperator op, bool dilated = true) {
  AnyLayer layer = op == BuiltinOperator::FULLY_CONNECTED
                       ? AnyRows(random)
                       : AnyConvolution(random, op == BuiltinOperator::DEPTHWISE_CONV_2D, dilated);
  layer.window.activation = AnyActivation(random);
  return layer;
}

// visit(index of the output, of the input, of the weight) for all products of a convolution.
template <typename Visit>
void ForEachTapProduct(const AnyLayer& layer, const Visit& visit) {
  const int32_t height = layer.input[1], width = layer.input[2], depth = layer.input[3];
  const bool depthwise = layer.depth_multiplier != 0 && layer.channel_axis == 3;
  for (size_t at = 0; at < CountOf(layer.output); ++at) {
    const auto place = static_cast<int32_t>(at) / layer.channels;
    const auto channel = static_cast<int32_t>(at) % layer.channels;
    const int32_t x0 = place % layer.output[2] * layer.window.stride_w - layer.right.before;
    const int32_t y0 =
        place / layer.output[2] % layer.output[1] * layer.window.stride_h - layer.down.before;
    const int32_t batch = place / layer.output[2] / layer.output[1];
    for (int32_t tap = 0; tap < layer.weights[1] * layer.weights[2]; ++tap) {
      const int32_t y = y0 + tap / layer.weights[2] * layer.window.dilation_h;
      const int32_t x = x0 + tap % layer.weights[2] * layer.window.dilation_w;
      if (y < 0 || x < 0 || y >= height || x >= width) continue;
      for (int32_t c = 0; c < depth; ++c) {
        if (depthwise && channel / layer.depth_multiplier != c) continue;
        const int32_t weight =
            depthwise ? tap * layer.channels + channel
                      : (channel * layer.weights[1] * layer.weights[2] + tap) * depth + c;
        visit(at, static_cast<size_t>(((batch * height + y) * width + x) * depth + c),
              static_cast<size_t>(weight));
      }
    }
  }
}

template <typename Visit>
void ForEachProduct(const AnyLayer& layer, const Visit& visit) {
  if (layer.op != BuiltinOperator::FULLY_CONNECTED) return ForEachTapProduct(layer, visit);
  const auto units = static_cast<size_t>(layer.channels);
  const auto depth = static_cast<size_t>(layer.weights[1]);
  for (size_t at = 0; at < CountOf(layer.output); ++at) {
    for (size_t k = 0; k < depth; ++k) visit(at, at / units * depth + k, at % units * depth + k);
  }
}

}  // namespace earshot::test
