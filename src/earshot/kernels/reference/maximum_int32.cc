// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/maximum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMaximumInt32(const InvokeContext& context) {
  InvokeBroadcast<int32_t>(context, [](int32_t a, int32_t b) { return a > b ? a : b; });
}

}  // namespace

const Kernel kMaximumInt32 = {kMaximumInt32Key, PrepareBroadcastInt32, InvokeMaximumInt32};

}  // namespace earshot::reference
