// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/quantize.h"

namespace earshot::reference {

const Kernel kQuantizeFloat32ToInt16 = {kQuantizeFloat32ToInt16Key, PrepareQuantize,
                                        InvokeQuantize<int16_t>};

}  // namespace earshot::reference
