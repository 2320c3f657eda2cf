// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The natural logarithm in fixed point, with the steps of the format's reference: each is part of a
// model's bit-exact outcome.
#pragma once

#include <cstdint>

#include "earshot/kernels/fixed_point.h"

namespace earshot {

// log(x) in Q5.26, for x >= 1 in Q12.19.
//
// x is 2^k times r, with r around 2^(-1/4): k is an odd multiple of 1/4 and a choice of two, of
// which the one with the smaller r is taken. log(r) is a quotient of polynomials in r - 2^(-1/4).
constexpr int32_t NaturalLogarithm(int32_t x) {
  constexpr int32_t kInputIntegerBits = 12;
  constexpr int32_t kSumFractionalBits = 25;  // One bit fewer than those of the result.
  constexpr int32_t kQuarter = 1 << (kSumFractionalBits - 2);
  // Q0.31:
  constexpr int32_t kLogOfTwo = 1488522236;
  constexpr int32_t kSqrtOfHalf = 1518500250;
  constexpr int32_t kFourthRootOfHalf = 1805811301;
  constexpr int32_t kNumeratorCubic = 117049297;        // 11/240 * 2^(1/4)
  constexpr int32_t kDenominatorQuadratic = 127690142;  // 1/20 * 2^(1/4)
  constexpr int32_t kDenominatorConstant = 1057819769;  // 2 * 2^(-1/4) - 2^(1/4)
  constexpr int32_t kDenominatorLinear = 638450708;     // 1/4 * 2^(1/4)
  const auto times = [](int32_t a, int32_t b) { return SaturatingRoundingDoublingHighMul(a, b); };

  const int32_t zeros_a = LeadingZeros(x);
  const int32_t r_a =
      SaturatingShiftLeft(times(SaturatingShiftLeft(x, zeros_a - 1), kSqrtOfHalf), 1);
  const int32_t k_a =
      SaturatingShiftLeft(kInputIntegerBits - zeros_a, kSumFractionalBits) + kQuarter;
  const int32_t zeros_b = LeadingZeros(times(x, kSqrtOfHalf)) - 1;
  const int32_t r_b = SaturatingShiftLeft(x, zeros_b);
  const int32_t k_b =
      SaturatingShiftLeft(kInputIntegerBits - zeros_b, kSumFractionalBits) - kQuarter;
  const int32_t r = r_a < r_b ? r_a : r_b;
  const int32_t k = k_a > k_b ? k_a : k_b;

  const auto half_sum = static_cast<int32_t>((int64_t{r} + kFourthRootOfHalf + 1) / 2);
  const int32_t twice_difference = 2 * (r - kFourthRootOfHalf);
  const int32_t square = times(twice_difference, twice_difference);
  const int32_t numerator =
      times(twice_difference, r) + times(times(twice_difference, square), kNumeratorCubic);
  const int32_t denominator = times(half_sum, kDenominatorConstant + twice_difference +
                                                  times(kDenominatorQuadratic, square)) +
                              times(kDenominatorLinear, twice_difference);
  const int32_t log_of_r = times(RoundingDivideByPowerOfTwo(numerator, 31 - kSumFractionalBits),
                                 OneOverOnePlusX(denominator));
  return SaturatingShiftLeft(times(k, kLogOfTwo) + log_of_r, 1);
}

}  // namespace earshot
