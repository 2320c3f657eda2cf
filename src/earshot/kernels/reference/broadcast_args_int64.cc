// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/broadcast_args.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeBroadcastArgsInt64(const InvokeContext& context) {
  InvokeBroadcastArgs<int64_t, schema::Int64>(context, ValueOf);
}

}  // namespace

const Kernel kBroadcastArgsInt64 = {kBroadcastArgsInt64Key, PrepareBroadcastArgs,
                                    InvokeBroadcastArgsInt64};

}  // namespace earshot::reference
