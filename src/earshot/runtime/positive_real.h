// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arithmetic on the scales of a model file, in integers.
//
// The format defines its multipliers by products and quotients of scales in double. These functions
// give the very bits of that arithmetic, both of its roundings included, and spare a
// microcontroller without a floating-point unit the library functions for it, which are larger than
// an operator.
#pragma once

#include <cstdint>
#include <cstring>

namespace earshot {

// mantissa * 2^exponent; at least 0.
struct PositiveReal {
  uint64_t mantissa = 0;
  int32_t exponent = 0;
};

// The bits of a float. Those of positive ones are ordered as the numbers are.
inline uint32_t FloatBits(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

// Exact. Precondition: value is finite and at least 0.
PositiveReal RealOf(float value);

// a * b, exact. Precondition: neither mantissa has more than 32 bits.
constexpr PositiveReal Product(PositiveReal a, PositiveReal b) {
  return {a.mantissa * b.mantissa, a.exponent + b.exponent};
}

constexpr PositiveReal TimesPowerOfTwo(PositiveReal value, int32_t power) {
  return {value.mantissa, value.exponent + power};
}

constexpr int32_t kNormalizedBits = 63;
// The number with a mantissa of kNormalizedBits; 0 stays as it is. Precondition: at most 63 bits.
PositiveReal Normalized(PositiveReal value);

// a / b to the nearest number with `bits` significant bits, ties to even: double's quotient for 53,
// float's for 24 (whose limits of the exponent it does not have). Preconditions: a is 0 or, as b
// is, fit for Normalized(); 0 <= bits <= 53.
PositiveReal Quotient(PositiveReal a, PositiveReal b, int32_t bits);

constexpr int32_t kFloatBits = 24;
constexpr int32_t kDoubleBits = 53;

// The nearest float, ties to even, denormal ones included; where float has only infinity left, a
// number beyond 2^1000. Precondition: as for Normalized().
PositiveReal RoundedToFloat(PositiveReal value);

// The nearest integer, ties away from zero, and `most` for all beyond. Precondition: as for
// Normalized().
int32_t RoundedToInteger(PositiveReal value, int32_t most);

}  // namespace earshot
