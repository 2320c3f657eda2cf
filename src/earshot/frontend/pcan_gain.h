// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PCAN: per-channel amplitude normalization, an automatic gain that follows the noise estimate.
//
// Source: Y. Wang et al., "Trainable Frontend for Robust and Far-Field Keyword Spotting" (2017), in
// the fixed-point form of TensorFlow's microfrontend.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// The gain function is stored as a quadratic for each power of two: for x in [2^(n-1), 2^n),
// entries 4n-6 .. 4n-4 are y0, a1, a2 of y0 + a1*t + a2*t^2, with t in [0, 1) across the interval.
// Entries 0 and 1 hold the gain at 0 and 1.
constexpr int kPcanIntervals = 32;
constexpr int kPcanGainEntries = 4 * kPcanIntervals - 3;

// The gain for a noise estimate: Q(gain_bits), below 2^15.
int16_t PcanGain(Span<const int16_t> gains, uint32_t noise_estimate);

// Compresses a signal-to-noise ratio in Q12: quadratic up to 2, linear beyond. Result in Q6.
uint32_t PcanShrink(uint32_t snr);

// signal[c] = shrink(signal[c] * gain(estimate[c])), in place. `estimate` is that of ReduceNoise(),
// already updated with this frame.
void ApplyPcan(const PcanTables& tables, Span<const uint32_t> estimate, Span<uint32_t> signal);

}  // namespace earshot
