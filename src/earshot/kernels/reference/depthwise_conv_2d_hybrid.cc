// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/depthwise_conv_2d_integer.h"
#include "earshot/kernels/reference/hybrid.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeDepthwiseConv2DHybrid(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionHybrid>();
  const ConvolutionShape& shape = data.layer.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* images = context.input<float>(kConvolutionImage);
  const auto* filter = context.input<int8_t>(kConvolutionFilter);
  const auto* bias = shape.has_bias != kNoBias ? context.input<float>(kConvolutionBias) : nullptr;
  const auto* scales = context.array<float>(data.hybrid.scales_offset);
  auto* output = context.output<float>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const QuantizedRow image = QuantizeRow(context, data.hybrid, images + batch * data.hybrid.row);
    for (int32_t y = 0; y < height.output; ++y) {
      for (int32_t x = 0; x < width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const auto sum = static_cast<float>(SumOfDepthwiseIntegerProducts<int32_t>(
              shape, image.zero_point, image.values, filter, y, x, c));
          const float scale = scales[static_cast<uint32_t>(c) * data.hybrid.scales_step];
          const float real = sum * (scale * image.scale);
          *output++ = Clamp(bias != nullptr ? real + bias[c] : real, data.layer.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kDepthwiseConv2DHybrid = {kDepthwiseConv2DHybridKey, PrepareDepthwiseConv2DHybrid,
                                       InvokeDepthwiseConv2DHybrid};

}  // namespace earshot::reference
