// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// 1 / sqrt(x) in integers, with the bits of the format's reference (see fixed_point.h).
#pragma once

#include <cstdint>

#include "earshot/kernels/fixed_point.h"
#include "earshot/kernels/quantization.h"

namespace earshot {

// The shift is in [-12, 0]. 0 counts as 1. Precondition: value >= 0.
constexpr QuantizedMultiplier InverseSqrt(int32_t value) {
  constexpr int32_t kOne = 1 << 28;  // Q3.28
  constexpr int32_t kThreeHalves = kOne + kOne / 2;
  constexpr int32_t kHalfOfSqrt2 = 1518500250;  // Q0.31
  constexpr int32_t kSteps = 5;                 // Of Newton and Raphson, from 1.
  if (value <= 1) return {INT32_MAX, 0};
  // By powers of four into [2^27, 2^29), which is [1/2, 2) in Q3.28 once halved.
  int32_t right_shift = 11;
  while (value >= 1 << 29) {
    value /= 4;
    ++right_shift;
  }
  while (value < 1 << 27) {
    value *= 4;
    --right_shift;
  }
  const int32_t input = value >> 1;
  const int32_t half_input = RoundingDivideByPowerOfTwo(input, 1);
  int32_t x = kOne;
  for (int32_t step = 0; step < kSteps; ++step) {
    const int32_t square = SaturatingRoundingDoublingHighMul(x, x);  // Q6.25
    const int32_t cube =
        SaturatingShiftLeft(SaturatingRoundingDoublingHighMul(square, x), 6);  // From Q9.22.
    x = SaturatingShiftLeft(SaturatingRoundingDoublingHighMul(kThreeHalves, x) -
                                SaturatingRoundingDoublingHighMul(half_input, cube),
                            3);
  }
  x = SaturatingRoundingDoublingHighMul(x, kHalfOfSqrt2);
  if (right_shift < 0) return {WrappingShiftLeft(x, -right_shift), 0};
  return {x, -right_shift};
}

}  // namespace earshot
