// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/conv_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kConv2DInt8 = {kConv2DInt8Key, PrepareConv2DInt8,
                            InvokeConv2DInteger<int8_t, int32_t>};

}  // namespace earshot::reference
