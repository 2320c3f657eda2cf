// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mul.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mul_integer.h"

namespace earshot::reference {

const Kernel kMulUint8 = {kMulUint8Key, PrepareMulUint8, InvokeMulInteger<uint8_t>};

}  // namespace earshot::reference
