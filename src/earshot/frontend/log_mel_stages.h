// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What one frame goes through in the log mel front end, stage by stage. Each states its unit, so
// that every one can be compared with the formula.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"
#include "earshot/frontend/kissfft_real.h"

namespace earshot {

// emphasized[i] = (x[i] - 31/32 * x[i-1]) * window[i], in PCM units times 2^14: at most 2^30, which
// leaves the FFT the bit that it needs. x[-1] is `before`. All three spans have the same size.
void EmphasizeAndWindow(Span<const int16_t> samples, int16_t before, Span<const int16_t> window,
                        Span<int32_t> emphasized);

// channels[c] = sum over the bins of |spectrum|^2 * filter c, in units of the spectrum's, squared,
// times 2^-1. `spectrum` has one element for each bin.
void MelEnergies(const FilterbankTables& tables, Span<const EarshotComplex32> spectrum,
                 Span<uint64_t> channels);

// (10 * log10(energy * 2^-47) + 52) / 64, clipped to 0..1, in Q15: 0..32768. The unit of the energy
// is that of MelEnergies() where the spectrum is that of EmphasizeAndWindow(), divided by 1,024.
uint16_t LogMelFeature(uint64_t energy);

}  // namespace earshot
