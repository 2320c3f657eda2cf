// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/requantize.h"

namespace earshot::reference {

const Kernel kQuantizeInt16ToInt8 = {kQuantizeInt16ToInt8Key, PrepareRequantize,
                                     InvokeRequantize<int16_t, int8_t>};

}  // namespace earshot::reference
