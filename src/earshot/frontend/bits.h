// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Small integer helpers that several stages share.
#pragma once

#include <cstdint>

namespace earshot {

// Position of the highest set bit, counted from 1; 0 for 0. So 2^(n-1) <= value < 2^n.
// The compilers' own counting is one instruction where the processor has it.
constexpr int MostSignificantBit(uint32_t value) {
  return value == 0 ? 0 : 32 - __builtin_clz(value);
}
constexpr int MostSignificantBit(uint64_t value) {
  const auto high = static_cast<uint32_t>(value >> 32);
  return high == 0 ? MostSignificantBit(static_cast<uint32_t>(value))
                   : 32 + MostSignificantBit(high);
}

}  // namespace earshot
