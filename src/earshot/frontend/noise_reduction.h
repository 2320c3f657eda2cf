// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Spectral subtraction: takes a slowly moving estimate of the noise out of each channel.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// Per channel, with the smoothing s of even or odd channels (Q14):
//   estimate = s * signal + (1 - s) * estimate
//   signal   = max(signal - estimate, min_signal_remaining * signal)
// `signal`: filterbank amplitudes, changed in place. `estimate`: the same units with smoothing_bits
// more fractional bits; state that starts at 0.
void ReduceNoise(const NoiseReductionTables& tables, Span<uint32_t> estimate,
                 Span<uint32_t> signal);

}  // namespace earshot
