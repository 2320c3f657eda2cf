// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_overlap_add.h"

namespace earshot::reference {
namespace {

void InvokeSignalOverlapAddFloat32(const InvokeContext& context) {
  OverlapAdd<float>(context, [](float a, float b) { return a + b; });
}

}  // namespace

const Kernel kSignalOverlapAddFloat32 = {kSignalOverlapAddFloat32Key, PrepareSignalOverlapAdd,
                                         InvokeSignalOverlapAddFloat32};

}  // namespace earshot::reference
