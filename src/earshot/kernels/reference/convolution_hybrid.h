// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of both hybrid convolutions.
#pragma once

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/hybrid.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// `sum_of_products(shape, image, y, x, c)` gives channel `c` of the output at [y][x] in units of
// both scales; `to_real(sum, image_scale, weight_scale)` makes a float of it.
template <typename SumOfProducts, typename ToReal>
void ConvolveHybrid(const InvokeContext& context, SumOfProducts sum_of_products, ToReal to_real) {
  const auto& data = context.data<ConvolutionHybrid>();
  const ConvolutionShape& shape = data.layer.shape;
  const auto* images = context.input<float>(kConvolutionImage);
  const auto* bias = shape.has_bias != kNoBias ? context.input<float>(kConvolutionBias) : nullptr;
  const auto* scales = context.array<float>(data.hybrid.scales_offset);
  auto* output = context.output<float>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const QuantizedRow image = QuantizeRow(context, data.hybrid, images + batch * data.hybrid.row);
    for (int32_t y = 0; y < shape.window.height.output; ++y) {
      for (int32_t x = 0; x < shape.window.width.output; ++x) {
        for (int32_t c = 0; c < shape.output_channels; ++c) {
          const auto sum = static_cast<float>(sum_of_products(shape, image, y, x, c));
          const float scale = scales[static_cast<uint32_t>(c) * data.hybrid.scales_step];
          const float real = to_real(sum, image.scale, scale);
          *output++ = Clamp(bias != nullptr ? real + bias[c] : real, data.layer.output);
        }
      }
    }
  }
}

}  // namespace earshot::reference
