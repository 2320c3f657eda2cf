// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of QUANTIZE from float32, and of DEQUANTIZE; their data is a ScaleAndZeroPoint.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/saturated.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Written so that no conversion overflows; NaN gives the lowest value.
template <typename T>
T Quantize(float value, float scale, int32_t zero_point) {
  constexpr float kBeyond = 65536.0f;             // int16, whatever the zero point.
  const float steps = std::round(value / scale);  // Ties away from zero.
  if (steps >= kBeyond) return std::numeric_limits<T>::max();
  if (!(steps > -kBeyond)) return std::numeric_limits<T>::min();
  return Saturated<T>(static_cast<int32_t>(steps) + zero_point);
}

template <typename T>
void InvokeQuantize(const InvokeContext& context) {
  const auto& data = context.data<ScaleAndZeroPoint>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<T>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = Quantize<T>(input[i], data.scale, data.zero_point);
  }
}

template <typename T>
void InvokeDequantize(const InvokeContext& context) {
  const auto& data = context.data<ScaleAndZeroPoint>();
  const auto* input = context.input<T>(0);
  auto* output = context.output<float>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = data.scale * static_cast<float>(input[i] - data.zero_point);
  }
}

}  // namespace earshot::reference
