// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The bias of layers whose sums have 32 or 64 bits.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Element `i` of `bias`, or 0 where that is null. Elements of 8 bytes may begin at any multiple
// of 4.
template <typename Sum>
Sum BiasOf(const uint8_t* bias, int32_t i) {
  Sum value = 0;
  if (bias != nullptr)
    std::memcpy(&value, bias + static_cast<size_t>(i) * sizeof(Sum), sizeof(Sum));
  return value;
}

}  // namespace earshot::reference
