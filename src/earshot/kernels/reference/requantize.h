// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of QUANTIZE from one integer quantization to another; its data is a Requantize.
#pragma once

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

inline void InvokeRequantize(const InvokeContext& context) {
  const auto& data = context.data<Requantize>();
  const auto* input = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    const auto value = static_cast<int8_t>(input[i] ^ data.input_flip);
    const int8_t result = ToInt8(
        MultiplyByQuantizedMultiplier(value - data.input_zero_point, data.multiplier), data.output);
    output[i] = static_cast<uint8_t>(static_cast<uint8_t>(result) ^ data.output_flip);
  }
}

}  // namespace earshot::reference
