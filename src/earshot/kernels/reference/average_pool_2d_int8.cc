// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/average_pool_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kAveragePool2DInt8 = {kAveragePool2DInt8Key, PreparePool2DInt8,
                                   InvokeAveragePool2DInteger<int8_t>};

}  // namespace earshot::reference
