// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/requantize.h"

namespace earshot::reference {

const Kernel kQuantizeInt8ToInt8 = {kQuantizeInt8ToInt8Key, PrepareRequantize,
                                    InvokeRequantize<int8_t, int8_t>};

}  // namespace earshot::reference
