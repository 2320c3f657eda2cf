// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reverse.h"

namespace earshot::reference {

const Kernel kReverseV2 = {kReverseV2Key, PrepareReverseV2, InvokeStridedCopy};

}  // namespace earshot::reference
