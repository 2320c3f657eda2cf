// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/squared_difference.h"

namespace earshot::reference {
namespace {

void InvokeSquaredDifferenceFloat32(const InvokeContext& context) {
  ForEachPair(context.data<Broadcast>(), context.input<float>(0), context.input<float>(1),
              context.output<float>(0), [](float a, float b) {
                const float difference = a - b;
                return difference * difference;
              });
}

}  // namespace

const Kernel kSquaredDifferenceFloat32 = {kSquaredDifferenceFloat32Key, PrepareBroadcastFloat32,
                                          InvokeSquaredDifferenceFloat32};

}  // namespace earshot::reference
