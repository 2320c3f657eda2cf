// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/minimum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMinimumInt16(const InvokeContext& context) {
  InvokeBroadcast<int16_t>(context, [](int16_t a, int16_t b) { return a < b ? a : b; });
}

}  // namespace

const Kernel kMinimumInt16 = {kMinimumInt16Key, PrepareBroadcastInt16, InvokeMinimumInt16};

}  // namespace earshot::reference
