// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/positive_real.h"

namespace earshot {
namespace {

// Of float: the exponents of its smallest number and of the first power of two beyond its range.
constexpr int32_t kSmallestExponent = -149;
constexpr int32_t kInfiniteExponent = 128;

// A normalized number's leading bit.
constexpr int32_t kTopBit = kNormalizedBits - 1;

}  // namespace

PositiveReal RealOf(float value) {
  constexpr uint32_t kHiddenBit = 1u << (kFloatBits - 1);
  const uint32_t bits = FloatBits(value);
  const uint32_t fraction = bits & (kHiddenBit - 1);
  const auto biased_exponent = static_cast<int32_t>(bits / kHiddenBit);
  if (biased_exponent == 0) return {fraction, kSmallestExponent};
  return {fraction | kHiddenBit, kSmallestExponent + biased_exponent - 1};
}

PositiveReal Normalized(PositiveReal value) {
  if (value.mantissa == 0) return value;
  // In large steps as far as they go, then bit by bit.
  constexpr int32_t kSteps[] = {16, 1};
  for (const int32_t step : kSteps) {
    while (value.mantissa >> (kNormalizedBits - step) == 0) {
      value.mantissa <<= step;
      value.exponent -= step;
    }
  }
  return value;
}

// Long division, bit by bit: one bit more than wanted, which together with the remainder tells how
// to round.
PositiveReal Quotient(PositiveReal a, PositiveReal b, int32_t bits) {
  if (a.mantissa == 0) return a;
  PositiveReal dividend = Normalized(a);
  const PositiveReal divisor = Normalized(b);
  if (dividend.mantissa < divisor.mantissa) {
    dividend.mantissa *= 2;
    --dividend.exponent;
  }
  uint64_t remainder = dividend.mantissa;
  uint64_t quotient = 0;
  for (int32_t i = 0; i <= bits; ++i) {
    quotient *= 2;
    if (remainder >= divisor.mantissa) {
      remainder -= divisor.mantissa;
      ++quotient;
    }
    remainder *= 2;
  }
  const bool half = quotient % 2 != 0;
  quotient /= 2;
  if (half && (remainder != 0 || quotient % 2 != 0)) ++quotient;
  return {quotient, dividend.exponent - divisor.exponent - bits + 1};
}

PositiveReal RoundedToFloat(PositiveReal value) {
  constexpr PositiveReal kOne = {1, 0};
  constexpr PositiveReal kInfinite = {1, 1024};
  // Denormal numbers have fewer bits, down to none for those that are half of the smallest.
  const int32_t leading = Normalized(value).exponent + kTopBit;
  const int32_t available = leading - kSmallestExponent + 1;
  if (available < 0) return {};
  const PositiveReal rounded =
      Quotient(value, kOne, available < kFloatBits ? available : kFloatBits);
  if (rounded.mantissa == 0) return {};
  return Normalized(rounded).exponent + kTopBit < kInfiniteExponent ? rounded : kInfinite;
}

int32_t RoundedToInteger(PositiveReal value, int32_t most) {
  constexpr int32_t kIntegerBits = 32;
  const PositiveReal normalized = Normalized(value);
  // Twice the number, without its fraction: below 2^32, or beyond all that `most` can be.
  if (normalized.exponent + kTopBit + 1 >= kIntegerBits) return most;
  if (normalized.exponent + kTopBit + 1 < 0) return 0;
  const auto twice = static_cast<uint32_t>(normalized.mantissa >> (-normalized.exponent - 1));
  const uint32_t rounded = twice / 2 + twice % 2;
  return rounded < static_cast<uint32_t>(most) ? static_cast<int32_t>(rounded) : most;
}

}  // namespace earshot
