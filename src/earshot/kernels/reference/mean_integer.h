// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of MEAN and SUM on int8 and int16.
#pragma once

#include <cstdint>

#include "earshot/kernels/mean.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename T>
void InvokeScaledSum(const InvokeContext& context) {
  const auto& data = context.data<MeanInteger>();
  Reduce(
      data.reduction, context.input<T>(0), context.output<T>(0), int32_t{0},
      [](int32_t sum, T value) { return sum + value; },
      [&data](int32_t sum) {
        return ToStored<T>(
            MultiplyByQuantizedMultiplier(sum - data.zero_point_sum, data.multiplier), data.output);
      });
}

}  // namespace earshot::reference
