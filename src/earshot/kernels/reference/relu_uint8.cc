// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/two_slopes.h"
#include "earshot/kernels/two_slopes.h"

namespace earshot::reference {

const Kernel kReluUint8 = {kReluUint8Key, PrepareRelu, InvokeTwoSlopes<uint8_t>};

}  // namespace earshot::reference
