// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fixed_point_inverse_sqrt.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/rsqrt.h"

namespace earshot::reference {
namespace {

int8_t InverseSqrtInt8(int8_t value, const RsqrtInt8& data) {
  const int32_t steps = value - data.input_zero_point;
  if (steps <= 0) return INT8_MAX;
  const QuantizedMultiplier inverse = InverseSqrt(steps);
  const int32_t fine =
      MultiplyByQuantizedMultiplier(int32_t{1}, {inverse.multiplier, inverse.shift + kRsqrtShift});
  return ToInt8(MultiplyByQuantizedMultiplier(fine, data.multiplier), data.output);
}

void InvokeRsqrtInt8(const InvokeContext& context) {
  const auto& data = context.data<RsqrtInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) output[i] = InverseSqrtInt8(input[i], data);
}

}  // namespace

const Kernel kRsqrtInt8 = {kRsqrtInt8Key, PrepareRsqrtInt8, InvokeRsqrtInt8};

}  // namespace earshot::reference
