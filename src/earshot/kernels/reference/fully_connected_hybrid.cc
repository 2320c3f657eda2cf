// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/hybrid.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFullyConnectedHybrid(const InvokeContext& context) {
  const auto& data = context.data<FullyConnectedHybrid>();
  const FullyConnectedShape& shape = data.layer.shape;
  const auto* rows = context.input<float>(0);
  const auto* matrix = context.input<int8_t>(1);
  const auto* bias = shape.has_bias != kNoBias ? context.input<float>(2) : nullptr;
  const auto* scales = context.array<float>(data.hybrid.scales_offset);
  auto* output = context.output<float>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    const QuantizedRow row = QuantizeRow(context, data.hybrid, rows + batch * data.hybrid.row);
    const int8_t* weights = matrix;
    for (int32_t out = 0; out < shape.output_depth; ++out, weights += shape.input_depth) {
      int32_t sum = 0;
      for (int32_t i = 0; i < shape.input_depth; ++i) {
        sum += weights[i] * (row.values[i] - row.zero_point);
      }
      const float scale = row.scale * scales[static_cast<uint32_t>(out) * data.hybrid.scales_step];
      const float real = static_cast<float>(sum) * scale;
      *output++ = Clamp(bias != nullptr ? real + bias[out] : real, data.layer.output);
    }
  }
}

}  // namespace

const Kernel kFullyConnectedHybrid = {kFullyConnectedHybridKey, PrepareFullyConnectedHybrid,
                                      InvokeFullyConnectedHybrid};

}  // namespace earshot::reference
