// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of MEAN and SUM on int8.
#pragma once

#include <cstdint>

#include "earshot/kernels/mean.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

inline void InvokeScaledSum(const InvokeContext& context) {
  const auto& data = context.data<MeanInt8>();
  Reduce(
      data.reduction, context.input<int8_t>(0), context.output<int8_t>(0), int32_t{0},
      [](int32_t sum, int8_t value) { return sum + value; },
      [&data](int32_t sum) {
        return ToInt8(MultiplyByQuantizedMultiplier(sum - data.zero_point_sum, data.multiplier),
                      data.output);
      });
}

}  // namespace earshot::reference
