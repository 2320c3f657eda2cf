// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/weights.h"

namespace earshot::reference {
namespace {

void InvokeConv2DInt4Weights(const InvokeContext& context) {
  ConvolveIntegers<int8_t, int32_t>(context, context.data<ConvolutionInteger>(),
                                    Int4Weights(context.input<uint8_t>(kConvolutionFilter)));
}

}  // namespace

const Kernel kConv2DInt4Weights = {kConv2DInt4WeightsKey, PrepareConv2DInt4Weights,
                                   InvokeConv2DInt4Weights};

}  // namespace earshot::reference
