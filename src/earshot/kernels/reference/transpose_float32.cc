// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/transpose.h"

namespace earshot::reference {

const Kernel kTransposeFloat32 = {kTransposeFloat32Key, PrepareTranspose, InvokeStridedCopy<float>};

}  // namespace earshot::reference
