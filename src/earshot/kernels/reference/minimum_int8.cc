// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/minimum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Stored values compare as the real ones do, as all have the same scale and zero point.
void InvokeMinimumInt8(const InvokeContext& context) {
  ForEachPair(context.data<Broadcast>(), context.input<int8_t>(0), context.input<int8_t>(1),
              context.output<int8_t>(0), [](int8_t a, int8_t b) { return a < b ? a : b; });
}

}  // namespace

const Kernel kMinimumInt8 = {kMinimumInt8Key, PrepareBroadcastInt8, InvokeMinimumInt8};

}  // namespace earshot::reference
