// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/logistic.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/quantize.h"

namespace earshot::reference {
namespace {

// Through float32, as the format's reference makes its table of all 256 values.
void InvokeLogisticUint8(const InvokeContext& context) {
  constexpr float kOutputScale = 1.0f / 256;
  const auto& data = context.data<LogisticUint8>();
  const auto* input = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    const float x = data.input_scale * static_cast<float>(input[i] - data.input_zero_point);
    output[i] = Quantize<uint8_t>(1.0f / (1.0f + std::exp(-x)), kOutputScale, 0);
  }
}

}  // namespace

const Kernel kLogisticUint8 = {kLogisticUint8Key, PrepareLogisticUint8, InvokeLogisticUint8};

}  // namespace earshot::reference
