// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The nearest value that a smaller integer type has.
#pragma once

#include <cstdint>
#include <limits>

namespace earshot::reference {

template <typename T>
constexpr T Saturated(int32_t value) {
  constexpr int32_t kLowest = std::numeric_limits<T>::min();
  constexpr int32_t kHighest = std::numeric_limits<T>::max();
  return static_cast<T>(value < kLowest ? kLowest : value > kHighest ? kHighest : value);
}

}  // namespace earshot::reference
