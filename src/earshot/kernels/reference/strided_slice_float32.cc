// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/strided_slice.h"

namespace earshot::reference {

const Kernel kStridedSliceFloat32 = {kStridedSliceFloat32Key, PrepareStridedSlice,
                                     InvokeStridedCopy<float>};

}  // namespace earshot::reference
