// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of PRELU on integers.
#pragma once

#include <cstdint>

#include "earshot/kernels/prelu.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename T>
void InvokePreluInteger(const InvokeContext& context) {
  const auto& data = context.data<PreluInteger>();
  ForEachPair(data.broadcast, context.input<T>(0), context.input<int8_t>(1), context.output<T>(0),
              [&data](T x, int8_t slope) {
                const int32_t steps = x - data.input_zero_point;
                const int32_t result =
                    steps >= 0 ? MultiplyByQuantizedMultiplier(steps, data.above)
                               : MultiplyByQuantizedMultiplier(
                                     steps * (slope - data.slope_zero_point), data.below);
                return ToStored<T>(result, data.output);
              });
}

}  // namespace earshot::reference
