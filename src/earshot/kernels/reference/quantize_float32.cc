// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Written so that no conversion overflows; NaN gives the lowest value.
int8_t Quantize(float value, float scale, int32_t zero_point) {
  constexpr float kBeyondInt8 = 256.0f;
  const float steps = std::round(value / scale);  // Ties away from zero.
  if (steps >= kBeyondInt8) return INT8_MAX;
  if (!(steps > -kBeyondInt8)) return INT8_MIN;
  const int32_t stored = static_cast<int32_t>(steps) + zero_point;
  if (stored > INT8_MAX) return INT8_MAX;
  return stored < INT8_MIN ? INT8_MIN : static_cast<int8_t>(stored);
}

void InvokeQuantizeFloat32(const InvokeContext& context) {
  const auto& data = context.data<ScaleAndZeroPoint>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = Quantize(input[i], data.scale, data.zero_point);
  }
}

}  // namespace

const Kernel kQuantizeFloat32 = {kQuantizeFloat32Key, PrepareQuantizeFloat32,
                                 InvokeQuantizeFloat32};

}  // namespace earshot::reference
