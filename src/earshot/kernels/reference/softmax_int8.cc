// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/softmax_sum.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {
namespace {

void SoftmaxRow(const SoftmaxInt8& data, const int8_t* input, int8_t* output) {
  const int32_t depth = data.shape.depth;
  const int32_t maximum = RowMaximum(data.shape, input);
  const int32_t sum = SumOfExponentials(data, input, maximum);

  // The sum is (1 + fraction) * 2^exponent; at least e^0, so that exponent >= 0.
  const int32_t zeros = LeadingZeros(sum);
  const int32_t exponent = kSoftmaxSumIntegerBits - zeros;
  const auto fraction =
      static_cast<int32_t>((static_cast<uint32_t>(sum) << zeros) - 0x80000000u);  // Q0.31
  const int32_t reciprocal = OneOverOnePlusX(fraction);
  // From Q0.31 to steps of 1/256, and by the exponent.
  const int32_t shift = 31 - 8 + exponent;
  for (int32_t i = 0; i < depth; ++i) {
    const int32_t difference = input[i] - maximum;
    int32_t steps = 0;
    if (difference >= data.lowest_difference && shift <= 31) {
      steps = RoundingDivideByPowerOfTwo(
          SaturatingRoundingDoublingHighMul(reciprocal, SoftmaxExponential(data, difference)),
          shift);
    }
    output[i] = static_cast<int8_t>((steps > UINT8_MAX ? UINT8_MAX : steps) + INT8_MIN);
  }
}

void InvokeSoftmaxInt8(const InvokeContext& context) {
  const auto& data = context.data<SoftmaxInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t row = 0; row < data.shape.rows; ++row) {
    SoftmaxRow(data, input, output);
    input += data.shape.depth;
    output += data.shape.depth;
  }
}

}  // namespace

const Kernel kSoftmaxInt8 = {kSoftmaxInt8Key, PrepareSoftmaxInt8, InvokeSoftmaxInt8};

}  // namespace earshot::reference
