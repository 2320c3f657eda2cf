// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/depthwise_conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kDepthwiseConv2DInt8 = {kDepthwiseConv2DInt8Key, PrepareDepthwiseConv2DInt8,
                                     InvokeDepthwiseConv2DInteger<int8_t, int32_t>};

}  // namespace earshot::reference
