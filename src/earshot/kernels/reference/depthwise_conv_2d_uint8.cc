// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/depthwise_conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/weights.h"

namespace earshot::reference {
namespace {

void InvokeDepthwiseConv2DUint8(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionUint8>();
  const Uint8Weights weights(context.input<uint8_t>(kConvolutionFilter), data.weights_zero_point);
  ConvolveIntegersDepthwise<uint8_t, int32_t>(context, data.layer, weights);
}

}  // namespace

const Kernel kDepthwiseConv2DUint8 = {kDepthwiseConv2DUint8Key, PrepareDepthwiseConv2DUint8,
                                      InvokeDepthwiseConv2DUint8};

}  // namespace earshot::reference
