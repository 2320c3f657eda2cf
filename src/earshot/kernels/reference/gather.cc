// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/gather.h"

#include <cstdint>

#include "earshot/kernels/reference/gather_rows.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeGather(const InvokeContext& context) {
  GatherRows(context, context.input<int32_t>(1), context.input<uint8_t>(0));
}

}  // namespace

const Kernel kGather = {kGatherKey, PrepareGather, InvokeGather};

}  // namespace earshot::reference
