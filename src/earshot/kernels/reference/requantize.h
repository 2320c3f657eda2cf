// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of QUANTIZE from one integer quantization to another; its data is a Requantize.
#pragma once

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/saturated.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename Input, typename Output>
void InvokeRequantize(const InvokeContext& context) {
  const auto& data = context.data<Requantize>();
  const auto* input = context.input<Input>(0);
  auto* output = context.output<Output>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    const int32_t steps = WrappingSubtract(input[i], data.input_zero_point);
    output[i] = Saturated<Output>(
        WrappingAdd(MultiplyByQuantizedMultiplier(steps, data.multiplier), data.output_zero_point));
  }
}

}  // namespace earshot::reference
