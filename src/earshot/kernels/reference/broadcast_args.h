// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of BROADCAST_ARGS.
#pragma once

#include <cstdint>

#include "earshot/kernels/broadcast_args.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Stored: an element of the inputs; load(stored): the number that it is.
template <typename Number, typename Stored, typename Load>
void InvokeBroadcastArgs(const InvokeContext& context, const Load& load) {
  const auto& data = context.data<BroadcastArgs>();
  auto* output = context.output<Number>(0);
  const auto extent = [&](size_t input, int32_t axis) -> Number {
    const int32_t own = axis - data.missing[input];
    return own < 0 ? Number{1} : load(context.input<Stored>(input)[own]);
  };
  for (int32_t axis = 0; axis < data.rank; ++axis) {
    const Number first = extent(0, axis);
    output[axis] = first == 1 ? extent(1, axis) : first;
  }
}

}  // namespace earshot::reference
