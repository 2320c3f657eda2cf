// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From a spectrum to the energy in each channel, on the mel scale.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// energy[k] = re^2 + im^2 for the filterbank's bins, 0 for the others. Units: the spectrum's,
// squared. Both spans have one element per bin.
void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy);

// Binary digits behind the point of a filter's weights.
constexpr int kFilterbankBits = 12;

// channels[c] = sum over the filterbank's bins of energy * filter c, in units of energy times 2^12.
void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels);

}  // namespace earshot
