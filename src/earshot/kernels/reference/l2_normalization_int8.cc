// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fixed_point_inverse_sqrt.h"
#include "earshot/kernels/l2_normalization.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/saturated.h"

namespace earshot::reference {
namespace {

void InvokeL2NormalizationInt8(const InvokeContext& context) {
  constexpr int32_t kOutputBits = 7;  // Behind the point.
  const auto& data = context.data<L2NormalizationInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  const int32_t depth = data.shape.depth;
  for (int32_t row = 0; row < data.shape.rows; ++row, input += depth) {
    int32_t squares = 0;
    for (int32_t i = 0; i < depth; ++i) {
      const int32_t steps = input[i] - data.input_zero_point;
      squares += steps * steps;
    }
    QuantizedMultiplier inverse_norm = InverseSqrt(squares);
    inverse_norm.shift += kOutputBits;
    for (int32_t i = 0; i < depth; ++i) {
      *output++ = Saturated<int8_t>(
          MultiplyByQuantizedMultiplier(input[i] - data.input_zero_point, inverse_norm));
    }
  }
}

}  // namespace

const Kernel kL2NormalizationInt8 = {kL2NormalizationInt8Key, PrepareL2NormalizationInt8,
                                     InvokeL2NormalizationInt8};

}  // namespace earshot::reference
