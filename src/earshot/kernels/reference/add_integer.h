// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of operators whose data is an AddInteger: `combine` makes one number of both inputs in
// steps of the common scale, which is then brought to the output's.
#pragma once

#include <cstdint>

#include "earshot/kernels/add.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename T, typename Combine>
void InvokeInCommonScale(const InvokeContext& context, const Combine& combine) {
  const auto& data = context.data<AddInteger>();
  ForEachPair(data.broadcast, context.input<T>(0), context.input<T>(1), context.output<T>(0),
              [&](T a, T b) {
                const CommonPair pair = ToCommonScale(a, b, data);
                const int32_t combined = combine(pair.a, pair.b);
                return ToStored<T>(MultiplyByQuantizedMultiplier(combined, data.multiplier_sum),
                                   data.output);
              });
}

}  // namespace earshot::reference
