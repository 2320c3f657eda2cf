// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/squared_difference.h"

namespace earshot::reference {
namespace {

void InvokeSquaredDifferenceInt32(const InvokeContext& context) {
  InvokeBroadcast<int32_t>(context, [](int32_t a, int32_t b) {
    const int32_t difference = WrappingSubtract(a, b);
    return WrappingMultiply(difference, difference);
  });
}

}  // namespace

const Kernel kSquaredDifferenceInt32 = {kSquaredDifferenceInt32Key, PrepareBroadcastInt32,
                                        InvokeSquaredDifferenceInt32};

}  // namespace earshot::reference
