// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/requantize.h"

namespace earshot::reference {

const Kernel kQuantizeInt16ToInt16 = {kQuantizeInt16ToInt16Key, PrepareRequantize,
                                      InvokeRequantize<int16_t, int16_t>};

}  // namespace earshot::reference
