// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/average_pool_2d_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kAveragePool2DUint8 = {kAveragePool2DUint8Key, PreparePool2DUint8,
                                    InvokeAveragePool2DInteger<uint8_t>};

}  // namespace earshot::reference
