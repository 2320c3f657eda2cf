// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/minimum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMinimumFloat32(const InvokeContext& context) {
  ForEachPair(context.data<Broadcast>(), context.input<float>(0), context.input<float>(1),
              context.output<float>(0), [](float a, float b) { return a < b ? a : b; });
}

}  // namespace

const Kernel kMinimumFloat32 = {kMinimumFloat32Key, PrepareBroadcastFloat32, InvokeMinimumFloat32};

}  // namespace earshot::reference
