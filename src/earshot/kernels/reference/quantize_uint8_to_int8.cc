// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/requantize.h"

namespace earshot::reference {

const Kernel kQuantizeUint8ToInt8 = {kQuantizeUint8ToInt8Key, PrepareRequantize,
                                     InvokeRequantize<uint8_t, int8_t>};

}  // namespace earshot::reference
