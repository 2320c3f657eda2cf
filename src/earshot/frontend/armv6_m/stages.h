// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Stages for processors without products of 64 bits, such as the Cortex-M0.
#pragma once

#include "earshot/frontend/portable/stages.h"

namespace earshot::armv6_m {

using portable::ApplyWindow;
using portable::RealFft;
using portable::SpectrumEnergy;
using portable::SquareRoots;

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels);

}  // namespace earshot::armv6_m
