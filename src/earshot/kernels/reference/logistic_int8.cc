// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/logistic.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

constexpr int32_t kIntegerBits = 4;  // Of x, Q4.27.

// 1 / (1 + e^-x) in Q0.31 for x in Q4.27. Negative x use the curve's symmetry.
int32_t Logistic(int32_t x) {
  if (x == 0) return 1 << 30;
  const int32_t exponential = ExpOnNegativeValues<kIntegerBits>(x > 0 ? -x : x);
  const int32_t of_magnitude = OneOverOnePlusX(exponential);
  return x > 0 ? of_magnitude : INT32_MAX - of_magnitude;
}

int8_t LogisticOfSteps(const LogisticInt8& data, int32_t steps) {
  constexpr int32_t kToSteps = 31 - 8;  // From Q0.31 to 1/256.
  if (steps <= -data.radius) return INT8_MIN;
  if (steps >= data.radius) return INT8_MAX;
  const int32_t probability = RoundingDivideByPowerOfTwo(
      Logistic(MultiplyByQuantizedMultiplier(steps, data.to_q27)), kToSteps);
  return static_cast<int8_t>((probability > UINT8_MAX ? UINT8_MAX : probability) + INT8_MIN);
}

void InvokeLogisticInt8(const InvokeContext& context) {
  const auto& data = context.data<LogisticInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = LogisticOfSteps(data, input[i] - data.input_zero_point);
  }
}

}  // namespace

const Kernel kLogisticInt8 = {kLogisticInt8Key, PrepareLogisticInt8, InvokeLogisticInt8};

}  // namespace earshot::reference
