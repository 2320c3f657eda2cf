// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From log mel features to what int8 models take.
#pragma once

#include <cstdint>

#include "earshot/runtime/positive_real.h"

namespace earshot {

// feature / scale - 128, cut off towards zero and at 127. A feature is Q15, 0..32768 for 0..1; the
// scale is that of the model's input. Cut off rather than rounded: so does MLPerf Tiny's reference.
// (Beyond 127 its conversion is undefined.)
class LogMelQuantizer {
 public:
  // Precondition: CheckLogMelInput() has accepted the scale.
  explicit LogMelQuantizer(float scale)
      : steps_(static_cast<uint32_t>(RoundedToInteger(
            Quotient({1u << kExtraBits, 0}, RealOf(scale), kDoubleBits), 0xFFFF))) {}

  int8_t operator()(uint16_t feature) const {
    constexpr int kBits = 15 + kExtraBits;
    constexpr uint32_t kZero = 128;  // Where the sign changes, and with it the direction.
    constexpr uint32_t kMost = 255;
    const uint32_t value = feature * steps_;
    const uint32_t below = value >> kBits;
    const bool is_whole = (value & ((1u << kBits) - 1)) == 0;
    const uint32_t step = below >= kZero || is_whole ? below : below + 1;
    return static_cast<int8_t>(static_cast<int32_t>(step < kMost ? step : kMost) - 128);
  }

 private:
  // 510 steps of a half range in 16 bits: so the product has 32.
  static constexpr int kExtraBits = 7;

  uint32_t steps_;  // In a feature of 1, with kExtraBits more bits.
};

}  // namespace earshot
