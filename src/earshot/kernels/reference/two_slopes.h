// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of operators on integers whose data is a TwoSlopes.
#pragma once

#include <cstdint>

#include "earshot/kernels/two_slopes.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename T>
void InvokeTwoSlopes(const InvokeContext& context) {
  const auto& data = context.data<TwoSlopes>();
  const auto* input = context.input<T>(0);
  auto* output = context.output<T>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    const int32_t steps = input[i] - data.input_zero_point;
    output[i] = ToStored<T>(
        MultiplyByQuantizedMultiplier(steps, steps < 0 ? data.below : data.above), data.output);
  }
}

}  // namespace earshot::reference
