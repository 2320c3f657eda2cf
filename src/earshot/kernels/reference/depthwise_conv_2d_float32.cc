// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The sum over the window at [y][x] of one image for one output channel; taps outside of the image
// add nothing.
float SumOfDepthwiseProducts(const ConvolutionShape& shape, const float* image, const float* filter,
                             int32_t y, int32_t x, int32_t channel) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t input_channel = channel / shape.depth_multiplier;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  float sum = 0;
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t input_y = InputPosition(height, y, tap_y);
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const int32_t input_x = InputPosition(width, x, tap_x);
      sum += image[(input_y * width.input + input_x) * shape.input_channels + input_channel] *
             filter[(tap_y * width.filter + tap_x) * shape.output_channels + channel];
    }
  }
  return sum;
}

void InvokeDepthwiseConv2DFloat32(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionFloat32>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* input = context.input<float>(kConvolutionImage);
  const auto* filter = context.input<float>(kConvolutionFilter);
  const auto* bias = shape.has_bias != 0 ? context.input<float>(kConvolutionBias) : nullptr;
  auto* output = context.output<float>(0);
  const int32_t image_size = height.input * width.input * shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const float* image = input + batch * image_size;
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const float sum = SumOfDepthwiseProducts(shape, image, filter, y, x, c);
          *output++ = Clamp(bias != nullptr ? sum + bias[c] : sum, data.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kDepthwiseConv2DFloat32 = {kDepthwiseConv2DFloat32Key, PrepareDepthwiseConv2DFloat32,
                                        InvokeDepthwiseConv2DFloat32};

}  // namespace earshot::reference
