// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/broadcast_args.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeBroadcastArgsInt32(const InvokeContext& context) {
  InvokeBroadcastArgs<int32_t, int32_t>(context, [](int32_t number) { return number; });
}

}  // namespace

const Kernel kBroadcastArgsInt32 = {kBroadcastArgsInt32Key, PrepareBroadcastArgs,
                                    InvokeBroadcastArgsInt32};

}  // namespace earshot::reference
