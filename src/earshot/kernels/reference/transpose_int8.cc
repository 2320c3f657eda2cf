// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/transpose.h"

namespace earshot::reference {

const Kernel kTransposeInt8 = {kTransposeInt8Key, PrepareTranspose, InvokeStridedCopy<int8_t>};

}  // namespace earshot::reference
