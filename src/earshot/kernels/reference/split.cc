// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/split.h"
#include "earshot/kernels/reference/join_slices.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSplit(const InvokeContext& context) { SplitRuns(context, 1); }

}  // namespace

const Kernel kSplit = {kSplitKey, PrepareSplit, InvokeSplit};

}  // namespace earshot::reference
