// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/maximum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMaximumFloat32(const InvokeContext& context) {
  ForEachPair(context.data<Broadcast>(), context.input<float>(0), context.input<float>(1),
              context.output<float>(0), [](float a, float b) { return a > b ? a : b; });
}

}  // namespace

const Kernel kMaximumFloat32 = {kMaximumFloat32Key, PrepareBroadcastFloat32, InvokeMaximumFloat32};

}  // namespace earshot::reference
