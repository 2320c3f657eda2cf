// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The stages in which the front end spends its time, in plain C++ for every processor: what
// window.h, fft.h, filterbank.h and square_root.h declare, bit for bit.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot::portable {

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed);

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);

// The last step of RealFft(), by itself: from the complex FFT of pairs of samples.
void Untangle(const FftTables& tables, const EarshotComplex16* pairs, EarshotComplex16* spectrum);

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy);

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels);

void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots);

}  // namespace earshot::portable
