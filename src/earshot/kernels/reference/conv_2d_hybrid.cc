// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/conv_2d_integer.h"
#include "earshot/kernels/reference/hybrid.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The format's reference multiplies in one order where weights have one scale, in another where
// they have several.
float ToReal(const Hybrid& hybrid, float sum, float image_scale, float weight_scale) {
  return hybrid.scales_step == 0 ? sum * (image_scale * weight_scale)
                                 : sum * weight_scale * image_scale;
}

void InvokeConv2DHybrid(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionHybrid>();
  const ConvolutionShape& shape = data.layer.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* images = context.input<float>(kConvolutionImage);
  const auto* filters = context.input<int8_t>(kConvolutionFilter);
  const auto* bias = shape.has_bias != kNoBias ? context.input<float>(kConvolutionBias) : nullptr;
  const auto* scales = context.array<float>(data.hybrid.scales_offset);
  auto* output = context.output<float>(0);
  const int32_t filter_size = height.filter * width.filter * shape.input_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const QuantizedRow image = QuantizeRow(context, data.hybrid, images + batch * data.hybrid.row);
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const auto sum = static_cast<float>(SumOfIntegerProducts<int32_t>(
              shape, image.zero_point, image.values, filters + c * filter_size, y, x));
          const float scale = scales[static_cast<uint32_t>(c) * data.hybrid.scales_step];
          const float real = ToReal(data.hybrid, sum, image.scale, scale);
          *output++ = Clamp(bias != nullptr ? real + bias[c] : real, data.layer.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kConv2DHybrid = {kConv2DHybridKey, PrepareConv2DHybrid, InvokeConv2DHybrid};

}  // namespace earshot::reference
