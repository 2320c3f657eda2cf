// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From energy to amplitude.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// The square root, rounded to the nearest integer. As in the original, values that fit 32 bits
// never round up past 0xFFFF, nor others past 0xFFFFFFFF. Small
// rather than fast.
uint32_t SquareRoot(uint64_t value);

// roots[i] = SquareRoot(values[i]) >> shift: what is below one unit is cut off.
void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots);

}  // namespace earshot
