// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/quantize.h"

namespace earshot::reference {

const Kernel kDequantizeUint8 = {kDequantizeUint8Key, PrepareDequantize, InvokeDequantize<uint8_t>};

}  // namespace earshot::reference
