// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/tile.h"

namespace earshot::reference {

const Kernel kBroadcastTo = {kBroadcastToKey, PrepareBroadcastTo, InvokeStridedCopy};

}  // namespace earshot::reference
