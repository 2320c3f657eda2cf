// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/tile.h"
#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kTile = {kTileKey, PrepareTile, InvokeStridedCopy};

}  // namespace earshot::reference
