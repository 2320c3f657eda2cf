// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of DEPTHWISE_CONV_2D on integers, with sums of 32 or 64 bits.
#pragma once

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/bias.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// The sum over the window at [y][x] of one image for one output channel; taps outside of the image
// add nothing, as if there were zero points. Weights: const int8_t*, or what can be read like it.
template <typename Sum, typename T, typename Weights>
Sum SumOfDepthwiseIntegerProducts(const ConvolutionShape& shape, int32_t zero_point, const T* image,
                                  Weights filter, int32_t y, int32_t x, int32_t channel) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t input_channel = channel / shape.depth_multiplier;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  Sum sum = 0;
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t input_y = InputPosition(height, y, tap_y);
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const int32_t input_x = InputPosition(width, x, tap_x);
      const int32_t value =
          image[(input_y * width.input + input_x) * shape.input_channels + input_channel];
      const int32_t weight =
          filter[(tap_y * width.filter + tap_x) * shape.output_channels + channel];
      sum = WrappingAdd(sum, Sum{weight * (value - zero_point)});
    }
  }
  return sum;
}

template <typename T, typename Sum, typename Weights>
void ConvolveIntegersDepthwise(const InvokeContext& context, const ConvolutionInteger& data,
                               Weights filter) {
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* input = context.input<T>(kConvolutionImage);
  const auto* bias = shape.has_bias != kNoBias ? context.input<uint8_t>(kConvolutionBias) : nullptr;
  const auto* multipliers = context.array<QuantizedMultiplier>(data.multipliers.offset);
  auto* output = context.output<T>(0);
  const int32_t image_size = height.input * width.input * shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const T* image = input + batch * image_size;
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const Sum products = SumOfDepthwiseIntegerProducts<Sum>(shape, data.input_zero_point,
                                                                  image, filter, y, x, c);
          const Sum sum = WrappingAdd(products, BiasOf<Sum>(bias, c));
          const QuantizedMultiplier scale = ForChannel(multipliers, data.multipliers, c);
          *output++ = ToStored<T>(MultiplyByQuantizedMultiplier(sum, scale), data.output);
        }
      }
    }
  }
}

template <typename T, typename Sum>
void InvokeDepthwiseConv2DInteger(const InvokeContext& context) {
  ConvolveIntegersDepthwise<T, Sum>(context, context.data<ConvolutionInteger>(),
                                    context.input<int8_t>(kConvolutionFilter));
}

}  // namespace earshot::reference
