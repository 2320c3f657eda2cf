// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/pcan_gain.h"

#include <cstddef>

#include "earshot/frontend/bits.h"

namespace earshot {
namespace {

constexpr int kFractionBits = 10;  // Of t, the position within an interval.
constexpr int kSnrBits = 12;
constexpr int kOutputBits = 6;

}  // namespace

int16_t PcanGain(Span<const int16_t> gains, uint32_t noise_estimate) {
  // At exactly 2, entry 2 is y0 of the first interval: the same value without the arithmetic.
  if (noise_estimate <= 2) return gains[noise_estimate];
  const int interval = MostSignificantBit(noise_estimate);
  const int16_t* quadratic = gains.data() + static_cast<size_t>(4 * interval - 6);
  const int to_fraction = interval - 1 - kFractionBits;
  const uint32_t shifted =
      to_fraction < 0 ? noise_estimate << -to_fraction : noise_estimate >> to_fraction;
  const auto t = static_cast<int32_t>(shifted & ((1u << kFractionBits) - 1));

  // a2*t + a1 in Q5, times t, rounded back to an integer: (Q5 * Q10) >> 15.
  int32_t change = (quadratic[2] * t) >> 5;
  change += quadratic[1] * 32;
  change *= t;
  change = (change + (1 << 14)) >> 15;
  return static_cast<int16_t>(quadratic[0] + change);
}

uint32_t PcanShrink(uint32_t snr) {
  constexpr uint32_t kLinearFrom = 2u << kSnrBits;
  // snr^2 / 4 in Q6, and the line that touches it at 2: both are 1 there, with the same slope.
  if (snr < kLinearFrom) return (snr * snr) >> (2 + 2 * kSnrBits - kOutputBits);
  return (snr >> (kSnrBits - kOutputBits)) - (1u << kOutputBits);
}

void ApplyPcan(const PcanTables& tables, Span<const uint32_t> estimate, Span<uint32_t> signal) {
  for (size_t c = 0; c < signal.size(); ++c) {
    const auto gain = static_cast<uint32_t>(PcanGain(tables.gains, estimate[c]));
    const uint64_t snr = (static_cast<uint64_t>(signal[c]) * gain) >> tables.snr_shift;
    signal[c] = PcanShrink(static_cast<uint32_t>(snr));
  }
}

}  // namespace earshot
