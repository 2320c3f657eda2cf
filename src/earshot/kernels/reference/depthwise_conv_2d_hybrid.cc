// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/convolution_hybrid.h"
#include "earshot/kernels/reference/depthwise_conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeDepthwiseConv2DHybrid(const InvokeContext& context) {
  const auto* const filter = context.input<int8_t>(kConvolutionFilter);
  ConvolveHybrid(
      context,
      [filter](const ConvolutionShape& shape, const QuantizedRow& image, int32_t y, int32_t x,
               int32_t c) {
        return SumOfDepthwiseIntegerProducts<int32_t>(shape, image.zero_point, image.values, filter,
                                                      y, x, c);
      },
      [](float sum, float image_scale, float weight_scale) {
        return sum * (weight_scale * image_scale);
      });
}

}  // namespace

const Kernel kDepthwiseConv2DHybrid = {kDepthwiseConv2DHybridKey, PrepareDepthwiseConv2DHybrid,
                                       InvokeDepthwiseConv2DHybrid};

}  // namespace earshot::reference
