// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of FULLY_CONNECTED on integers, with sums of 32 or 64 bits.
#pragma once

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/bias.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Matrix: const int8_t*, or what can be read like it.
template <typename T, typename Sum, typename Matrix>
void MultiplyIntegerRows(const InvokeContext& context, Matrix matrix) {
  const auto& data = context.data<FullyConnectedInteger>();
  const FullyConnectedShape& shape = data.shape;
  const auto* row = context.input<T>(0);
  const auto* bias = shape.has_bias != kNoBias ? context.input<uint8_t>(2) : nullptr;
  const auto* multipliers = context.array<QuantizedMultiplier>(data.multipliers.offset);
  auto* output = context.output<T>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch, row += shape.input_depth) {
    for (int32_t out = 0; out < shape.output_depth; ++out) {
      const Matrix weights = matrix + out * shape.input_depth;
      Sum sum = BiasOf<Sum>(bias, out);
      for (int32_t i = 0; i < shape.input_depth; ++i) {
        const int32_t product =
            (weights[i] - data.weights_zero_point) * (row[i] - data.input_zero_point);
        sum = WrappingAdd(sum, Sum{product});
      }
      const QuantizedMultiplier scale = ForChannel(multipliers, data.multipliers, out);
      *output++ = ToStored<T>(MultiplyByQuantizedMultiplier(sum, scale), data.output);
    }
  }
}

template <typename T, typename Sum>
void InvokeFullyConnectedInteger(const InvokeContext& context) {
  MultiplyIntegerRows<T, Sum>(context, context.input<int8_t>(1));
}

}  // namespace earshot::reference
