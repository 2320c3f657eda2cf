// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mul.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mul_integer.h"

namespace earshot::reference {

const Kernel kMulInt8 = {kMulInt8Key, PrepareMulInt8, InvokeMulInteger<int8_t>};

}  // namespace earshot::reference
