// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/add.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAddInt32(const InvokeContext& context) {
  InvokeBroadcast<int32_t>(context, [](int32_t a, int32_t b) { return WrappingAdd(a, b); });
}

}  // namespace

const Kernel kAddInt32 = {kAddInt32Key, PrepareBroadcastInt32, InvokeAddInt32};

}  // namespace earshot::reference
