// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What SOFTMAX and LOG_SOFTMAX of int8 and uint8 share: the sum of a row's exponentials.
#pragma once

#include <cstdint>

#include "earshot/kernels/softmax.h"

namespace earshot::reference {

constexpr int32_t kSoftmaxSumIntegerBits = 12;  // Q12.19.

template <typename T>
int32_t RowMaximum(const SoftmaxShape& shape, const T* row) {
  int32_t maximum = INT8_MIN;
  for (int32_t i = 0; i < shape.depth; ++i) maximum = row[i] > maximum ? row[i] : maximum;
  return maximum;
}

// e^(beta * difference) in Q0.31. Precondition: lowest_difference <= difference <= 0.
inline int32_t SoftmaxExponential(const SoftmaxInt8& data, int32_t difference) {
  constexpr int32_t kDifferenceBits = 5;  // Q5.26.
  return ExpOnNegativeValues<kDifferenceBits>(SaturatingRoundingDoublingHighMul(
      WrappingShiftLeft(difference, data.to_q26.shift), data.to_q26.multiplier));
}

// Of the differences to the maximum; those below the lowest one count as 0. e^0 is in it.
template <typename T>
int32_t SumOfExponentials(const SoftmaxInt8& data, const T* row, int32_t maximum) {
  int32_t sum = 0;
  for (int32_t i = 0; i < data.shape.depth; ++i) {
    const int32_t difference = row[i] - maximum;
    if (difference < data.lowest_difference) continue;
    sum += RoundingDivideByPowerOfTwo(SoftmaxExponential(data, difference), kSoftmaxSumIntegerBits);
  }
  return sum;
}

}  // namespace earshot::reference
