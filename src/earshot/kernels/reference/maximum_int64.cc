// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/maximum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMaximumInt64(const InvokeContext& context) {
  InvokeBroadcast<schema::Int64>(
      context, [](schema::Int64 a, schema::Int64 b) { return ValueOf(a) > ValueOf(b) ? a : b; });
}

}  // namespace

const Kernel kMaximumInt64 = {kMaximumInt64Key, PrepareBroadcastInt64, InvokeMaximumInt64};

}  // namespace earshot::reference
