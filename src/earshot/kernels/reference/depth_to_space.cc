// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/space_to_depth.h"

namespace earshot::reference {

const Kernel kDepthToSpace = {kDepthToSpaceKey, PrepareDepthToSpace, InvokeStridedCopy};

}  // namespace earshot::reference
