// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFullyConnectedInt8(const InvokeContext& context) {
  const auto& data = context.data<FullyConnectedInt8>();
  const FullyConnectedShape& shape = data.shape;
  const auto* row = context.input<int8_t>(0);
  const auto* matrix = context.input<int8_t>(1);
  const auto* bias = shape.has_bias != 0 ? context.input<int32_t>(2) : nullptr;
  const auto* multipliers = context.array<QuantizedMultiplier>(data.multipliers.offset);
  auto* output = context.output<int8_t>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch, row += shape.input_depth) {
    const int8_t* weights = matrix;
    for (int32_t out = 0; out < shape.output_depth; ++out, weights += shape.input_depth) {
      int32_t sum = 0;
      for (int32_t i = 0; i < shape.input_depth; ++i) {
        sum += (weights[i] - data.weights_zero_point) * (row[i] - data.input_zero_point);
      }
      if (bias != nullptr) sum = WrappingAdd(sum, bias[out]);
      const QuantizedMultiplier scale = ForChannel(multipliers, data.multipliers, out);
      *output++ = ToInt8(MultiplyByQuantizedMultiplier(sum, scale), data.output);
    }
  }
}

}  // namespace

const Kernel kFullyConnectedInt8 = {kFullyConnectedInt8Key, PrepareFullyConnectedInt8,
                                    InvokeFullyConnectedInt8};

}  // namespace earshot::reference
