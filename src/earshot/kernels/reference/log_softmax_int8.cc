// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fixed_point_log.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/saturated.h"
#include "earshot/kernels/reference/softmax_sum.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {
namespace {

void LogSoftmaxRow(const LogSoftmaxInt8& data, const int8_t* input, int8_t* output) {
  constexpr int32_t kToSteps = 26 - 4;  // From Q5.26 to 1/16.
  const SoftmaxInt8& softmax = data.softmax;
  const int32_t maximum = RowMaximum(softmax.shape, input);
  const int32_t log_of_sum = NaturalLogarithm(SumOfExponentials(softmax, input, maximum));
  // Differences from which the logarithm can be subtracted without overflow.
  const int32_t least = MultiplyByQuantizedMultiplier(log_of_sum + INT32_MIN, data.from_q26);
  const int32_t below =
      least > softmax.lowest_difference - 1 ? least : softmax.lowest_difference - 1;
  for (int32_t i = 0; i < softmax.shape.depth; ++i) {
    const int32_t difference = input[i] - maximum;
    output[i] = INT8_MIN;
    if (difference <= below) continue;
    const int32_t in_q26 = MultiplyByQuantizedMultiplier(difference, softmax.to_q26);
    const int32_t steps =
        RoundingDivideByPowerOfTwo(WrappingSubtract(in_q26, log_of_sum), kToSteps) + INT8_MAX;
    output[i] = Saturated<int8_t>(steps);
  }
}

void InvokeLogSoftmaxInt8(const InvokeContext& context) {
  const auto& data = context.data<LogSoftmaxInt8>();
  const SoftmaxShape& shape = data.softmax.shape;
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t row = 0; row < shape.rows; ++row) {
    LogSoftmaxRow(data, input, output);
    input += shape.depth;
    output += shape.depth;
  }
}

}  // namespace

const Kernel kLogSoftmaxInt8 = {kLogSoftmaxInt8Key, PrepareLogSoftmaxInt8, InvokeLogSoftmaxInt8};

}  // namespace earshot::reference
