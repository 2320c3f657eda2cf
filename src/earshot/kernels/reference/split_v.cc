// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/join_slices.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/split.h"

namespace earshot::reference {
namespace {

void InvokeSplitV(const InvokeContext& context) { SplitRuns(context, 0); }

}  // namespace

const Kernel kSplitV = {kSplitVKey, PrepareSplitV, InvokeSplitV};

}  // namespace earshot::reference
