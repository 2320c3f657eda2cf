// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/depthwise_conv_2d.h"
#include "earshot/kernels/reference/depthwise_conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kDepthwiseConv2DInt16 = {kDepthwiseConv2DInt16Key, PrepareDepthwiseConv2DInt16,
                                      InvokeDepthwiseConv2DInteger<int16_t, int64_t>};

}  // namespace earshot::reference
