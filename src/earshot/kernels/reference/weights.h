// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Weights that are no plain int8, read like an array of them.
#pragma once

#include <cstdint>

namespace earshot::reference {

// Of four bits, two in a byte, the one in the lower bits first.
class Int4Weights {
 public:
  explicit Int4Weights(const uint8_t* bytes, int32_t first = 0) : bytes_(bytes), first_(first) {}

  int32_t operator[](int32_t i) const {
    constexpr int32_t kSign = 8;
    const int32_t at = first_ + i;
    const int32_t bits = (bytes_[at / 2] >> (at % 2 * 4)) & 15;
    return (bits ^ kSign) - kSign;
  }
  Int4Weights operator+(int32_t i) const { return Int4Weights(bytes_, first_ + i); }

 private:
  const uint8_t* bytes_;
  int32_t first_;
};

// Of uint8, as they count from their zero point.
class Uint8Weights {
 public:
  Uint8Weights(const uint8_t* values, int32_t zero_point)
      : values_(values), zero_point_(zero_point) {}

  int32_t operator[](int32_t i) const { return values_[i] - zero_point_; }
  Uint8Weights operator+(int32_t i) const { return Uint8Weights(values_ + i, zero_point_); }

 private:
  const uint8_t* values_;
  int32_t zero_point_;
};

}  // namespace earshot::reference
