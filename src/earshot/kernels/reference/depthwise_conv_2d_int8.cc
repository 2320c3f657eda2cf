// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The sum over the window at [y][x] of one image for one output channel; taps outside of the image
// add nothing, as if there were zero points.
int32_t SumOfDepthwiseProducts(const ConvolutionInt8& data, const int8_t* image,
                               const int8_t* filter, int32_t y, int32_t x, int32_t channel) {
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t input_channel = channel / shape.depth_multiplier;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  int32_t sum = 0;
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t input_y = InputPosition(height, y, tap_y);
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const int32_t input_x = InputPosition(width, x, tap_x);
      const int32_t value =
          image[(input_y * width.input + input_x) * shape.input_channels + input_channel];
      const int32_t weight =
          filter[(tap_y * width.filter + tap_x) * shape.output_channels + channel];
      sum += weight * (value - data.input_zero_point);
    }
  }
  return sum;
}

void InvokeDepthwiseConv2DInt8(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionInt8>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* input = context.input<int8_t>(kConvolutionImage);
  const auto* filter = context.input<int8_t>(kConvolutionFilter);
  const auto* bias = shape.has_bias != 0 ? context.input<int32_t>(kConvolutionBias) : nullptr;
  const auto* multipliers = context.array<QuantizedMultiplier>(data.multipliers.offset);
  auto* output = context.output<int8_t>(0);
  const int32_t image_size = height.input * width.input * shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const int8_t* image = input + batch * image_size;
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          int32_t sum = SumOfDepthwiseProducts(data, image, filter, y, x, c);
          if (bias != nullptr) sum = WrappingAdd(sum, bias[c]);
          const QuantizedMultiplier scale = ForChannel(multipliers, data.multipliers, c);
          *output++ = ToInt8(MultiplyByQuantizedMultiplier(sum, scale), data.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kDepthwiseConv2DInt8 = {kDepthwiseConv2DInt8Key, PrepareDepthwiseConv2DInt8,
                                     InvokeDepthwiseConv2DInt8};

}  // namespace earshot::reference
