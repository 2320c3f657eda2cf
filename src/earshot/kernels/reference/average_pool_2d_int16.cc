// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/average_pool_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kAveragePool2DInt16 = {kAveragePool2DInt16Key, PreparePool2DInt16,
                                    InvokeAveragePool2DInteger<int16_t>};

}  // namespace earshot::reference
