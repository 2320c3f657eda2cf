// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/strided_slice.h"

namespace earshot::reference {

const Kernel kStridedSliceInt32 = {kStridedSliceInt32Key, PrepareStridedSlice,
                                   InvokeStridedCopy<int32_t>};

}  // namespace earshot::reference
