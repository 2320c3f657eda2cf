// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of CONV_2D on integers, with sums of 32 or 64 bits.
#pragma once

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/bias.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// The sum over the window at [y][x] of one image; taps outside of the image add nothing, as if
// there were zero points. Weights: const int8_t*, or what can be read like it.
template <typename Sum, typename T, typename Weights>
Sum SumOfIntegerProducts(const ConvolutionShape& shape, int32_t zero_point, const T* image,
                         Weights filter, int32_t y, int32_t x) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t channels = shape.input_channels;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  Sum sum = 0;
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t input_y = InputPosition(height, y, tap_y);
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const int32_t input_x = InputPosition(width, x, tap_x);
      const T* pixel = image + (input_y * width.input + input_x) * channels;
      const Weights weights = filter + (tap_y * width.filter + tap_x) * channels;
      for (int32_t c = 0; c < channels; ++c) {
        sum = WrappingAdd(sum, Sum{weights[c] * (pixel[c] - zero_point)});
      }
    }
  }
  return sum;
}

template <typename T, typename Sum, typename Weights>
void ConvolveIntegers(const InvokeContext& context, const ConvolutionInteger& data,
                      Weights filters) {
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* input = context.input<T>(kConvolutionImage);
  const auto* bias = shape.has_bias != kNoBias ? context.input<uint8_t>(kConvolutionBias) : nullptr;
  const auto* multipliers = context.array<QuantizedMultiplier>(data.multipliers.offset);
  auto* output = context.output<T>(0);
  const int32_t image_size = height.input * width.input * shape.input_channels;
  const int32_t filter_size = height.filter * width.filter * shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const T* image = input + batch * image_size;
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const Sum products = SumOfIntegerProducts<Sum>(shape, data.input_zero_point, image,
                                                         filters + c * filter_size, y, x);
          const Sum sum = WrappingAdd(products, BiasOf<Sum>(bias, c));
          const QuantizedMultiplier scale = ForChannel(multipliers, data.multipliers, c);
          *output++ = ToStored<T>(MultiplyByQuantizedMultiplier(sum, scale), data.output);
        }
      }
    }
  }
}

template <typename T, typename Sum>
void InvokeConv2DInteger(const InvokeContext& context) {
  ConvolveIntegers<T, Sum>(context, context.data<ConvolutionInteger>(),
                           context.input<int8_t>(kConvolutionFilter));
}

}  // namespace earshot::reference
