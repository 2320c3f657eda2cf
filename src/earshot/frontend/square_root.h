// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From energy to amplitude.
#pragma once

#include <cstdint>

namespace earshot {

// The square root, rounded to the nearest integer. As in the original, values that fit 32 bits
// never round up past 0xFFFF, nor others past 0xFFFFFFFF.
uint32_t SquareRoot(uint64_t value);

}  // namespace earshot
