// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of SOFTMAX on int8, to int8 or int16, and on uint8.
#pragma once

#include <cstdint>
#include <limits>

#include "earshot/kernels/reference/saturated.h"
#include "earshot/kernels/reference/softmax_sum.h"
#include "earshot/kernels/softmax.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename Input, typename Output>
void IntegerSoftmaxRow(const SoftmaxInt8& data, const Input* input, Output* output) {
  constexpr int32_t kBits = 8 * sizeof(Output);
  const int32_t depth = data.shape.depth;
  const int32_t maximum = RowMaximum(data.shape, input);
  const int32_t sum = SumOfExponentials(data, input, maximum);

  // The sum is (1 + fraction) * 2^exponent; at least e^0, so that exponent >= 0.
  const int32_t zeros = LeadingZeros(sum);
  const int32_t exponent = kSoftmaxSumIntegerBits - zeros;
  const auto fraction =
      static_cast<int32_t>((static_cast<uint32_t>(sum) << zeros) - 0x80000000u);  // Q0.31
  const int32_t reciprocal = OneOverOnePlusX(fraction);
  // From Q0.31 to steps of 2^-kBits, and by the exponent.
  const int32_t shift = 31 - kBits + exponent;
  for (int32_t i = 0; i < depth; ++i) {
    const int32_t difference = input[i] - maximum;
    int32_t steps = 0;
    if (difference >= data.lowest_difference && shift <= 31) {
      steps = RoundingDivideByPowerOfTwo(
          SaturatingRoundingDoublingHighMul(reciprocal, SoftmaxExponential(data, difference)),
          shift);
    }
    output[i] = Saturated<Output>(steps + std::numeric_limits<Output>::min());
  }
}

template <typename Input, typename Output>
void InvokeSoftmaxInteger(const InvokeContext& context) {
  const auto& data = context.data<SoftmaxInt8>();
  const auto* input = context.input<Input>(0);
  auto* output = context.output<Output>(0);
  for (int32_t row = 0; row < data.shape.rows; ++row) {
    IntegerSoftmaxRow(data, input, output);
    input += data.shape.depth;
    output += data.shape.depth;
  }
}

}  // namespace earshot::reference
