// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/sub.h"

namespace earshot::reference {
namespace {

void InvokeSubInt32(const InvokeContext& context) {
  InvokeBroadcast<int32_t>(context, [](int32_t a, int32_t b) { return WrappingSubtract(a, b); });
}

}  // namespace

const Kernel kSubInt32 = {kSubInt32Key, PrepareBroadcastInt32, InvokeSubInt32};

}  // namespace earshot::reference
