// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/logistic.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// In Q0.31, for x in Q4.27. Twice x is the same number in Q5.26.
int32_t FixedPointTanh(int32_t x) {
  constexpr int32_t kTwiceIntegerBits = 5;
  if (x == 0) return 0;
  const int32_t of_magnitude =
      OneMinusXOverOnePlusX(ExpOnNegativeValues<kTwiceIntegerBits>(x > 0 ? -x : x));
  return x > 0 ? of_magnitude : -of_magnitude;
}

int8_t TanhOfSteps(const LogisticInt8& data, int32_t steps) {
  constexpr int32_t kToSteps = 31 - 7;  // From Q0.31 to 1/128.
  if (steps <= -data.radius) return INT8_MIN;
  if (steps >= data.radius) return INT8_MAX;
  const int32_t tanh = RoundingDivideByPowerOfTwo(
      FixedPointTanh(MultiplyByQuantizedMultiplier(steps, data.to_q27)), kToSteps);
  return static_cast<int8_t>(tanh > INT8_MAX ? INT8_MAX : tanh);
}

void InvokeTanhInt8(const InvokeContext& context) {
  const auto& data = context.data<LogisticInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = TanhOfSteps(data, input[i] - data.input_zero_point);
  }
}

}  // namespace

const Kernel kTanhInt8 = {kTanhInt8Key, PrepareTanhInt8, InvokeTanhInt8};

}  // namespace earshot::reference
