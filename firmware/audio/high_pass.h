// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// HighPass: takes the constant part out of a microphone's samples, in integers.
//
// y[n] = x[n] - m[n], where m follows x with m[n+1] = m[n] + (x[n] - m[n]) / 256: one pole, 3 dB
// down at 16,000 / (2 pi 256) = 9.95 Hz, 0.03 dB at 125 Hz, where the front end begins. It starts
// out with the first sample as its mean, so that a large offset does not take a while to go away.
#pragma once

#include <cstdint>

namespace earshot {

// What does not fit is clipped.
constexpr int16_t SaturateToInt16(int32_t value) {
  if (value > INT16_MAX) return INT16_MAX;
  if (value < INT16_MIN) return INT16_MIN;
  return static_cast<int16_t>(value);
}

class HighPass {
 public:
  // |x| < 2^21, so that a driver may amplify before it clips.
  int16_t Filter(int32_t x) {
    if (!started_) {
      mean_ = x * kOne;
      started_ = true;
    }
    const int32_t y = x - ((mean_ + kOne / 2) >> kFractionBits);
    mean_ += (x * kOne - mean_) >> kPoleBits;
    return SaturateToInt16(y);
  }

 private:
  static constexpr int kPoleBits = 8;
  static constexpr int kFractionBits = 9;
  static constexpr int32_t kOne = 1 << kFractionBits;

  int32_t mean_ = 0;  // With kFractionBits behind the point.
  bool started_ = false;
};

}  // namespace earshot
