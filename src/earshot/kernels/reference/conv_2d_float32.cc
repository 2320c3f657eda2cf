// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The sum over the window at [y][x] of one image; taps outside of the image add nothing.
float SumOfProducts(const ConvolutionShape& shape, const float* image, const float* filter,
                    int32_t y, int32_t x) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t channels = shape.input_channels;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  float sum = 0;
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t input_y = InputPosition(height, y, tap_y);
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const int32_t input_x = InputPosition(width, x, tap_x);
      const float* pixel = image + (input_y * width.input + input_x) * channels;
      const float* weights = filter + (tap_y * width.filter + tap_x) * channels;
      for (int32_t c = 0; c < channels; ++c) sum += pixel[c] * weights[c];
    }
  }
  return sum;
}

void InvokeConv2DFloat32(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionFloat32>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* input = context.input<float>(kConvolutionImage);
  const auto* filters = context.input<float>(kConvolutionFilter);
  const auto* bias = shape.has_bias != 0 ? context.input<float>(kConvolutionBias) : nullptr;
  auto* output = context.output<float>(0);
  const int32_t image_size = height.input * width.input * shape.input_channels;
  const int32_t filter_size = height.filter * width.filter * shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const float* image = input + batch * image_size;
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const float sum = SumOfProducts(shape, image, filters + c * filter_size, y, x);
          *output++ = Clamp(bias != nullptr ? sum + bias[c] : sum, data.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kConv2DFloat32 = {kConv2DFloat32Key, PrepareConv2DFloat32, InvokeConv2DFloat32};

}  // namespace earshot::reference
