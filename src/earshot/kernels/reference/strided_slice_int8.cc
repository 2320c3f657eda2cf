// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/strided_slice.h"

namespace earshot::reference {

const Kernel kStridedSliceInt8 = {kStridedSliceInt8Key, PrepareStridedSlice,
                                  InvokeStridedCopy<int8_t>};

}  // namespace earshot::reference
