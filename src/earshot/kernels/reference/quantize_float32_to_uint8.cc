// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/quantize.h"

namespace earshot::reference {

const Kernel kQuantizeFloat32ToUint8 = {kQuantizeFloat32ToUint8Key, PrepareQuantize,
                                        InvokeQuantize<uint8_t>};

}  // namespace earshot::reference
