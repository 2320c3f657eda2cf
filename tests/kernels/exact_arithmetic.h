// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Plain mathematics of quantized operators, written unlike the kernels: wide integers and real
// numbers instead of their fixed-point steps. What both give must be the same to the bit.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace earshot::test {

// Floor and ties of a quotient by 2^bits, on 128 bits.
inline int64_t HalfUp(__int128 value, int bits) {
  return static_cast<int64_t>((value + ((static_cast<__int128>(1) << bits) >> 1)) >> bits);
}

inline int64_t HalfAwayFromZero(int64_t value, int bits) {
  return value < 0 ? -HalfUp(-static_cast<__int128>(value), bits) : HalfUp(value, bits);
}

// `value` times `real`, rounded as the format's reference does: `real` is first rounded to 31
// significant bits; then the product to an integer, half up, at the scale of the larger of value
// and result; then what remains to shift, half away from zero.
inline int64_t ScaledExactly(int64_t value, double real) {
  int exponent = 0;
  const double fraction = std::frexp(real, &exponent);
  const auto mantissa = static_cast<int64_t>(std::llround(std::ldexp(fraction, 31)));
  const int left = exponent > 0 ? exponent : 0;
  const auto product = static_cast<__int128>(value) * mantissa * (int64_t{1} << left);
  return HalfAwayFromZero(HalfUp(product, 31), left - exponent);
}

inline int8_t ClampToInt8(int64_t value, int64_t lowest = -128, int64_t highest = 127) {
  return static_cast<int8_t>(value < lowest ? lowest : value > highest ? highest : value);
}

// Seeded numbers, the same with every standard library: std::mt19937 is specified to the bit, the
// distributions are not.
class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  int32_t Between(int32_t lowest, int32_t highest) {
    const int64_t span = int64_t{highest} - lowest + 1;
    return static_cast<int32_t>(lowest + static_cast<int64_t>(engine_()) % span);
  }
  float Scale() { return 0.002f * static_cast<float>(Between(1, 50)); }
  std::vector<int8_t> Int8(size_t count) {
    std::vector<int8_t> values(count);
    for (int8_t& value : values) value = static_cast<int8_t>(Between(-128, 127));
    return values;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace earshot::test
