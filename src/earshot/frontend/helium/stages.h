// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Stages for processors with vectors of 16 bytes: the Cortex-M55 and others with MVE (Helium).
#pragma once

#include "earshot/frontend/portable/stages.h"

namespace earshot::helium {

using portable::SquareRoots;

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed);

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy);

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels);

}  // namespace earshot::helium
