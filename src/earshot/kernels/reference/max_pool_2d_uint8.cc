// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/max_pool_2d_integer.h"

namespace earshot::reference {

const Kernel kMaxPool2DUint8 = {kMaxPool2DUint8Key, PreparePool2DUint8,
                                InvokeMaxPool2DInteger<uint8_t>};

}  // namespace earshot::reference
