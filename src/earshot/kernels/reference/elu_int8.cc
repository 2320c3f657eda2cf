// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/elu.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/saturated.h"

namespace earshot::reference {
namespace {

// Written so that no conversion overflows.
int8_t EluOf(const EluInt8& data, int32_t steps) {
  constexpr float kBeyondInt8 = 512.0f;
  const float x = data.input_scale * static_cast<float>(steps);
  const float elu = x < 0.0f ? std::exp(x) - 1.0f : x;
  const float stored =
      std::round(elu * data.inverse_output_scale) + static_cast<float>(data.output_zero_point);
  if (!(stored < kBeyondInt8)) return INT8_MAX;
  if (stored < -kBeyondInt8) return INT8_MIN;
  return Saturated<int8_t>(static_cast<int32_t>(stored));
}

void InvokeEluInt8(const InvokeContext& context) {
  const auto& data = context.data<EluInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = EluOf(data, input[i] - data.input_zero_point);
  }
}

}  // namespace

const Kernel kEluInt8 = {kEluInt8Key, PrepareEluInt8, InvokeEluInt8};

}  // namespace earshot::reference
