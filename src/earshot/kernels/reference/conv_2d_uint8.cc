// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/weights.h"

namespace earshot::reference {
namespace {

void InvokeConv2DUint8(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionUint8>();
  const Uint8Weights weights(context.input<uint8_t>(kConvolutionFilter), data.weights_zero_point);
  ConvolveIntegers<uint8_t, int32_t>(context, data.layer, weights);
}

}  // namespace

const Kernel kConv2DUint8 = {kConv2DUint8Key, PrepareConv2DUint8, InvokeConv2DUint8};

}  // namespace earshot::reference
