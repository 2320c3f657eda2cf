// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of SQUARED_DIFFERENCE on int8 and int16.
#pragma once

#include <cstdint>

#include "earshot/kernels/squared_difference.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename T>
void InvokeSquaredDifferenceInteger(const InvokeContext& context) {
  const auto& data = context.data<AddInteger>();
  const auto common = [](int32_t steps, QuantizedMultiplier by) {
    return MultiplyByQuantizedMultiplier(steps * (1 << kSquareLeftShift<T>), by);
  };
  ForEachPair(data.broadcast, context.input<T>(0), context.input<T>(1), context.output<T>(0),
              [&](T a, T b) {
                const int32_t difference = common(a - data.zero_point_a, data.multiplier_a) -
                                           common(b - data.zero_point_b, data.multiplier_b);
                return ToStored<T>(
                    MultiplyByQuantizedMultiplier(difference * difference, data.multiplier_sum),
                    data.output);
              });
}

}  // namespace earshot::reference
