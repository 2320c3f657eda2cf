// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFullyConnectedFloat32(const InvokeContext& context) {
  const auto& data = context.data<FullyConnectedFloat32>();
  const FullyConnectedShape& shape = data.shape;
  const auto* row = context.input<float>(0);
  const auto* matrix = context.input<float>(1);
  const auto* bias = shape.has_bias != 0 ? context.input<float>(2) : nullptr;
  auto* output = context.output<float>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch, row += shape.input_depth) {
    const float* weights = matrix;
    for (int32_t out = 0; out < shape.output_depth; ++out, weights += shape.input_depth) {
      float sum = 0;
      for (int32_t i = 0; i < shape.input_depth; ++i) sum += row[i] * weights[i];
      *output++ = Clamp(bias != nullptr ? sum + bias[out] : sum, data.output);
    }
  }
}

}  // namespace

const Kernel kFullyConnectedFloat32 = {kFullyConnectedFloat32Key, PrepareFullyConnectedFloat32,
                                       InvokeFullyConnectedFloat32};

}  // namespace earshot::reference
