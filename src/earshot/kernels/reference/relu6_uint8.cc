// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/two_slopes.h"
#include "earshot/kernels/two_slopes.h"

namespace earshot::reference {

const Kernel kRelu6Uint8 = {kRelu6Uint8Key, PrepareRelu6, InvokeTwoSlopes<uint8_t>};

}  // namespace earshot::reference
