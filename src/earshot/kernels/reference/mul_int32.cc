// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mul.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMulInt32(const InvokeContext& context) {
  InvokeBroadcast<int32_t>(context, [](int32_t a, int32_t b) { return WrappingMultiply(a, b); });
}

}  // namespace

const Kernel kMulInt32 = {kMulInt32Key, PrepareBroadcastInt32, InvokeMulInt32};

}  // namespace earshot::reference
