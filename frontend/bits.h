// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Small integer helpers that several stages share.
#pragma once

#include <cstdint>

namespace earshot {

// Position of the highest set bit, counted from 1; 0 for 0. So 2^(n-1) <= value < 2^n.
constexpr int MostSignificantBit(uint64_t value) {
  int position = 0;
  while (value != 0) {
    value >>= 1;
    ++position;
  }
  return position;
}

}  // namespace earshot
