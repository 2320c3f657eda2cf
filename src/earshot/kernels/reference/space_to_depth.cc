// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/space_to_depth.h"
#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kSpaceToDepth = {kSpaceToDepthKey, PrepareSpaceToDepth, InvokeStridedCopy};

}  // namespace earshot::reference
