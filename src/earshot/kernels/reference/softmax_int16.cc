// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/saturated.h"
#include "earshot/kernels/softmax.h"
#include "earshot/kernels/softmax_table.h"

namespace earshot::reference {
namespace {

// e^x for a difference to the row's maximum.
int16_t ExponentialInt16(int32_t difference, const SoftmaxInt16& data) {
  const int32_t steps = MultiplyByQuantizedMultiplier(difference, data.to_table);
  return TableExp(Saturated<int16_t>(WrappingAdd(steps, INT16_MAX)));
}

// The output holds the exponentials until their sum is known.
void SoftmaxInt16Row(const SoftmaxInt16& data, const int16_t* input, int16_t* output) {
  const int32_t depth = data.shape.depth;
  int16_t maximum = INT16_MIN;
  for (int32_t i = 0; i < depth; ++i) maximum = input[i] > maximum ? input[i] : maximum;
  int32_t sum = 0;  // Q16.15
  for (int32_t i = 0; i < depth; ++i) {
    output[i] = ExponentialInt16(input[i] - maximum, data);
    sum += output[i];
  }
  // The sum is (1 + x) * 2^shift.
  constexpr int32_t kDroppedBits = 14;
  constexpr int32_t kOneAndCenter = (1 << 16) + (1 << 15);
  const int32_t zeros = LeadingZeros(sum);
  const int64_t wide = static_cast<int64_t>(sum) << (zeros - 1);
  const auto rounded = static_cast<int32_t>((wide + (1 << (kDroppedBits - 1))) >> kDroppedBits);
  const int32_t reciprocal = TableOneOverOnePlusX(Saturated<int16_t>(rounded - kOneAndCenter));
  const int32_t shift = 31 - zeros;
  for (int32_t i = 0; i < depth; ++i) {
    const int64_t product = int64_t{output[i]} * reciprocal + (int64_t{1} << (shift - 1));
    const auto steps = static_cast<int32_t>(product >> shift);
    output[i] = Saturated<int16_t>(steps < 0 ? 0 : steps);
  }
}

void InvokeSoftmaxInt16(const InvokeContext& context) {
  const auto& data = context.data<SoftmaxInt16>();
  const auto* input = context.input<int16_t>(0);
  auto* output = context.output<int16_t>(0);
  for (int32_t row = 0; row < data.shape.rows; ++row) {
    SoftmaxInt16Row(data, input, output);
    input += data.shape.depth;
    output += data.shape.depth;
  }
}

}  // namespace

const Kernel kSoftmaxInt16 = {kSoftmaxInt16Key, PrepareSoftmaxInt16, InvokeSoftmaxInt16};

}  // namespace earshot::reference
