// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/noise_reduction.h"

#include <cstddef>

namespace earshot {
namespace {

constexpr int kSmoothingBits = 14;
constexpr uint32_t kOne = 1u << kSmoothingBits;

}  // namespace

void ReduceNoise(const NoiseReductionTables& tables, Span<uint32_t> estimate,
                 Span<uint32_t> signal) {
  for (size_t c = 0; c < signal.size(); ++c) {
    const auto smoothing =
        static_cast<uint32_t>(c % 2 == 0 ? tables.even_smoothing : tables.odd_smoothing);
    // May run out at the top for very loud signals, as in the original.
    const uint32_t scaled = signal[c] << tables.smoothing_bits;
    const uint64_t mixed = static_cast<uint64_t>(scaled) * smoothing +
                           static_cast<uint64_t>(estimate[c]) * (kOne - smoothing);
    estimate[c] = static_cast<uint32_t>(mixed >> kSmoothingBits);

    const uint32_t noise = estimate[c] < scaled ? estimate[c] : scaled;
    const uint32_t subtracted = (scaled - noise) >> tables.smoothing_bits;
    const auto floor = static_cast<uint32_t>(
        (static_cast<uint64_t>(signal[c]) * static_cast<uint32_t>(tables.min_signal_remaining)) >>
        kSmoothingBits);
    signal[c] = subtracted > floor ? subtracted : floor;
  }
}

}  // namespace earshot
