// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeConv2DInt16(const InvokeContext& context) {
  if (context.data<ConvolutionInteger>().shape.has_bias == kWideBias) {
    InvokeConv2DInteger<int16_t, int64_t>(context);
  } else {
    InvokeConv2DInteger<int16_t, int32_t>(context);
  }
}

}  // namespace

const Kernel kConv2DInt16 = {kConv2DInt16Key, PrepareConv2DInt16, InvokeConv2DInt16};

}  // namespace earshot::reference
