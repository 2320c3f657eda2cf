// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/prelu.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokePreluFloat32(const InvokeContext& context) {
  ForEachPair(context.data<Broadcast>(), context.input<float>(0), context.input<float>(1),
              context.output<float>(0),
              [](float x, float slope) { return x >= 0.0f ? x : x * slope; });
}

}  // namespace

const Kernel kPreluFloat32 = {kPreluFloat32Key, PrepareBroadcastFloat32, InvokePreluFloat32};

}  // namespace earshot::reference
