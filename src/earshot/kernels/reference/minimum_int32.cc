// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/minimum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMinimumInt32(const InvokeContext& context) {
  InvokeBroadcast<int32_t>(context, [](int32_t a, int32_t b) { return a < b ? a : b; });
}

}  // namespace

const Kernel kMinimumInt32 = {kMinimumInt32Key, PrepareBroadcastInt32, InvokeMinimumInt32};

}  // namespace earshot::reference
