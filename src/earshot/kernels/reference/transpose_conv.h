// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of TRANSPOSE_CONV for all types.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/bias.h"
#include "earshot/kernels/transpose_conv.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// The pixels of the image along an axis that reach an output position: [begin, end).
struct PixelRange {
  int32_t begin;
  int32_t end;
};

// Pixel i reaches from i * stride - padding on as far as the filter.
constexpr PixelRange PixelsReaching(const FilterAxis& axis, int32_t position) {
  const int32_t last = (position + axis.padding) / axis.stride;
  const int32_t before = position + axis.padding - axis.filter;  // The last one too far away.
  const int32_t begin = before < 0 ? 0 : before / axis.stride + 1;
  return {begin, last < axis.output ? last + 1 : axis.output};
}

constexpr int32_t TapOf(const FilterAxis& axis, int32_t position, int32_t pixel) {
  return position + axis.padding - pixel * axis.stride;
}

// output = finish(channel, sum) for each element, of the sum of add(sum, pixel's values, weights),
// over the pixels that reach it in order.
template <typename T, typename Weight, typename Sum, typename Add, typename Finish>
void RunTransposeConv(const InvokeContext& context, const ConvolutionShape& shape, Sum zero,
                      const Add& add, const Finish& finish) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* image = context.input<T>(kTransposeConvImage);
  const auto* filters = context.input<Weight>(kTransposeConvFilter);
  auto* output = context.output<T>(0);
  const int32_t channels = shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    for (int32_t y = 0; y < height.input; ++y) {
      const PixelRange rows = PixelsReaching(height, y);
      for (int32_t x = 0; x < width.input; ++x) {
        const PixelRange columns = PixelsReaching(width, x);
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const Weight* filter = filters + c * height.filter * width.filter * channels;
          Sum sum = zero;
          for (int32_t row = rows.begin; row < rows.end; ++row) {
            for (int32_t column = columns.begin; column < columns.end; ++column) {
              const int32_t tap = TapOf(height, y, row) * width.filter + TapOf(width, x, column);
              sum = add(
                  sum,
                  image + ImageOffset(batch, height.output, row, width.output, column, channels),
                  filter + tap * channels);
            }
          }
          *output++ = finish(c, sum);
        }
      }
    }
  }
}

template <typename T, typename Sum>
void InvokeTransposeConvInteger(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const auto* bias =
      shape.has_bias != kNoBias ? context.input<uint8_t>(kTransposeConvBias) : nullptr;
  const auto* multipliers = context.array<QuantizedMultiplier>(data.multipliers.offset);
  RunTransposeConv<T, int8_t>(
      context, shape, Sum{0},
      [&](Sum sum, const T* pixel, const int8_t* weights) {
        for (int32_t c = 0; c < shape.input_channels; ++c) {
          sum = WrappingAdd(sum, Sum{weights[c] * (pixel[c] - data.input_zero_point)});
        }
        return sum;
      },
      [&](int32_t channel, Sum sum) {
        return ToStored<T>(
            MultiplyByQuantizedMultiplier(WrappingAdd(sum, BiasOf<Sum>(bias, channel)),
                                          ForChannel(multipliers, data.multipliers, channel)),
            data.output);
      });
}

}  // namespace earshot::reference
