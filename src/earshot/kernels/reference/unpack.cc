// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pack.h"
#include "earshot/kernels/reference/join_slices.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeUnpack(const InvokeContext& context) { SplitRuns(context, 0); }

}  // namespace

const Kernel kUnpack = {kUnpackKey, PrepareUnpack, InvokeUnpack};

}  // namespace earshot::reference
