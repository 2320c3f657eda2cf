// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/maximum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMaximumInt16(const InvokeContext& context) {
  InvokeBroadcast<int16_t>(context, [](int16_t a, int16_t b) { return a > b ? a : b; });
}

}  // namespace

const Kernel kMaximumInt16 = {kMaximumInt16Key, PrepareBroadcastInt16, InvokeMaximumInt16};

}  // namespace earshot::reference
