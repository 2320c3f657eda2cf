// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Stages for processors that multiply pairs of 16 bits: the DSP instructions of Cortex-M4, M7 and
// M33.
#pragma once

#include "earshot/frontend/portable/stages.h"

namespace earshot::armv7e_m {

using portable::ApplyFilterbank;
using portable::SquareRoots;

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed);

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy);

}  // namespace earshot::armv7e_m
