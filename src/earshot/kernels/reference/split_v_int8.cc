// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/join_slices.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/split_v.h"

namespace earshot::reference {
namespace {

void InvokeSplitVInt8(const InvokeContext& context) { InvokeSplit(context, 0); }

}  // namespace

const Kernel kSplitVInt8 = {kSplitVInt8Key, PrepareSplitV, InvokeSplitVInt8};

}  // namespace earshot::reference
