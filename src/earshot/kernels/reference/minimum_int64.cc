// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/minimum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMinimumInt64(const InvokeContext& context) {
  InvokeBroadcast<schema::Int64>(
      context, [](schema::Int64 a, schema::Int64 b) { return ValueOf(a) < ValueOf(b) ? a : b; });
}

}  // namespace

const Kernel kMinimumInt64 = {kMinimumInt64Key, PrepareBroadcastInt64, InvokeMinimumInt64};

}  // namespace earshot::reference
