// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/quantize.h"

namespace earshot::reference {

const Kernel kDequantizeInt8 = {kDequantizeInt8Key, PrepareDequantize, InvokeDequantize<int8_t>};

}  // namespace earshot::reference
