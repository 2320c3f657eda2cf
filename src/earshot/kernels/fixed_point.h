// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Fixed-point arithmetic on int32, with the roundings that the reference kernels of TensorFlow Lite
// (gemmlowp's fixedpoint.h) have: every result here is part of a model's bit-exact outcome.
//
// Qm.n: an int32 with m integer and n = 31 - m fractional bits besides its sign.
#pragma once

#include <cstdint>

namespace earshot {

// a + b modulo 2^32, where a hostile model may make the sum too large: any result will do then, but
// the behaviour must be defined.
constexpr int32_t WrappingAdd(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
}

constexpr int64_t WrappingAdd(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

constexpr int32_t WrappingSubtract(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) - static_cast<uint32_t>(b));
}

constexpr int32_t WrappingMultiply(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) * static_cast<uint32_t>(b));
}

// value * 2^exponent modulo 2^32, for the same reason. Precondition: 0 <= exponent <= 31.
constexpr int32_t WrappingShiftLeft(int32_t value, int32_t exponent) {
  return static_cast<int32_t>(static_cast<uint32_t>(value) << exponent);
}

// value * 2^exponent, or the extreme of that sign where it does not fit. The lower limit is
// -(2^31 - 2^exponent) as in gemmlowp. Precondition: 0 <= exponent <= 30.
constexpr int32_t SaturatingShiftLeft(int32_t value, int32_t exponent) {
  const int32_t limit = INT32_MAX >> exponent;
  if (value > limit) return INT32_MAX;
  if (value < -limit) return INT32_MIN;
  return value * (1 << exponent);
}

// a * b / 2^31 to the nearest integer, ties toward plus infinity: the product of a Q0.31 and a Qm.n
// in Qm.n. -1 * -1 in Q0.31 does not fit and gives the largest value.
constexpr int32_t SaturatingRoundingDoublingHighMul(int32_t a, int32_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  const int64_t product = static_cast<int64_t>(a) * b;
  return static_cast<int32_t>((product + (int64_t{1} << 30)) >> 31);
}

// value / 2^exponent to the nearest integer, ties away from zero.
// Precondition: 0 <= exponent <= 31.
constexpr int32_t RoundingDivideByPowerOfTwo(int32_t value, int32_t exponent) {
  const auto mask = static_cast<int32_t>((uint32_t{1} << exponent) - 1);
  const int32_t remainder = value & mask;
  const int32_t threshold = (mask >> 1) + (value < 0 ? 1 : 0);
  return (value >> exponent) + (remainder > threshold ? 1 : 0);
}

// Precondition: value > 0.
constexpr int32_t LeadingZeros(int32_t value) {
  int32_t zeros = 0;
  for (auto bits = static_cast<uint32_t>(value); (bits & 0x80000000u) == 0; bits <<= 1) ++zeros;
  return zeros;
}

// e^z for z <= 0 in Q<kIntegerBits>, as Q0.31. 0 gives the largest value below one.
//
// z is split into a multiple of -1/4 and a rest in [-1/4, 0). The rest's exponential is a Taylor
// polynomial of fourth order around -1/8; then, for each bit of the multiple, one multiplication
// with that bit's exponential. Precondition: 2 <= kIntegerBits <= 5.
template <int kIntegerBits>
constexpr int32_t ExpOnNegativeValues(int32_t z) {
  constexpr int32_t kFractionalBits = 31 - kIntegerBits;
  constexpr int32_t kQuarter = 1 << (kFractionalBits - 2);
  constexpr int32_t kEighthQ31 = 1 << 28;
  constexpr int32_t kExpOfMinusEighth = 1895147668;  // e^(-1/8), Q0.31.
  constexpr int32_t kThird = 715827883;              // 1/3, Q0.31.
  // e^(-2^k) for k = -2 ... 4, Q0.31.
  constexpr int32_t kExpOfMinusPowers[] = {1672461947, 1302514674, 790015084, 290630308,
                                           39332535,   720401,     242};
  if (z == 0) return INT32_MAX;

  const int32_t rest = (z & (kQuarter - 1)) - kQuarter;
  const int32_t x = rest * (1 << kIntegerBits) + kEighthQ31;  // rest + 1/8, Q0.31.
  const int32_t x2 = SaturatingRoundingDoublingHighMul(x, x);
  const int32_t x3 = SaturatingRoundingDoublingHighMul(x2, x);
  const int32_t x4 = SaturatingRoundingDoublingHighMul(x2, x2);
  // x^2/2 + x^3/6 + x^4/24
  const int32_t higher = RoundingDivideByPowerOfTwo(
      SaturatingRoundingDoublingHighMul(RoundingDivideByPowerOfTwo(x4, 2) + x3, kThird) + x2, 1);
  int32_t result =
      kExpOfMinusEighth + SaturatingRoundingDoublingHighMul(kExpOfMinusEighth, x + higher);

  const int32_t multiple = rest - z;  // Of 1/4, at least 0.
  for (int32_t k = -2; k < kIntegerBits; ++k) {
    if ((multiple & (1 << (kFractionalBits + k))) != 0) {
      result = SaturatingRoundingDoublingHighMul(result, kExpOfMinusPowers[k + 2]);
    }
  }
  return result;
}

// 2 / (1 + a) in Q2.29 for a in [0, 1), Q0.31: three Newton-Raphson steps on half the denominator.
constexpr int32_t TwoOverOnePlusX(int32_t a) {
  constexpr int32_t k48Over17 = 1515870810;        // Q2.29
  constexpr int32_t kMinus32Over17 = -1010580540;  // Q2.29
  constexpr int32_t kOne = 1 << 29;                // Q2.29
  // (a + 1) / 2 in Q0.31, where 1 is the largest value below it.
  const auto half = static_cast<int32_t>((static_cast<int64_t>(a) + INT32_MAX + 1) / 2);
  int32_t x = k48Over17 + SaturatingRoundingDoublingHighMul(half, kMinus32Over17);
  for (int step = 0; step < 3; ++step) {
    const int32_t error = kOne - SaturatingRoundingDoublingHighMul(half, x);
    x += SaturatingShiftLeft(SaturatingRoundingDoublingHighMul(x, error), 2);
  }
  return x;
}

// 1 / (1 + a) for a in [0, 1), both Q0.31.
constexpr int32_t OneOverOnePlusX(int32_t a) {
  return SaturatingShiftLeft(TwoOverOnePlusX(a), 1);  // Half of Q2.29 is Q1.30.
}

// (1 - a) / (1 + a) for a in [0, 1), both Q0.31.
constexpr int32_t OneMinusXOverOnePlusX(int32_t a) {
  constexpr int32_t kOne = 1 << 29;  // Q2.29
  return SaturatingShiftLeft(TwoOverOnePlusX(a) - kOne, 2);
}

}  // namespace earshot
