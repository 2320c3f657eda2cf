// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/depthwise_conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/weights.h"

namespace earshot::reference {
namespace {

void InvokeDepthwiseConv2DInt4Weights(const InvokeContext& context) {
  ConvolveIntegersDepthwise<int8_t, int32_t>(
      context, context.data<ConvolutionInteger>(),
      Int4Weights(context.input<uint8_t>(kConvolutionFilter)));
}

}  // namespace

const Kernel kDepthwiseConv2DInt4Weights = {kDepthwiseConv2DInt4WeightsKey,
                                            PrepareDepthwiseConv2DInt4Weights,
                                            InvokeDepthwiseConv2DInt4Weights};

}  // namespace earshot::reference
