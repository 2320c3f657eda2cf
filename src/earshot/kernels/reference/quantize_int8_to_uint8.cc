// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/requantize.h"

namespace earshot::reference {

const Kernel kQuantizeInt8ToUint8 = {kQuantizeInt8ToUint8Key, PrepareRequantize,
                                     InvokeRequantize<int8_t, uint8_t>};

}  // namespace earshot::reference
