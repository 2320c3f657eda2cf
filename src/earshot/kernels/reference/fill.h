// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// One element again and again, for elements of any type.
#pragma once

#include <cstdint>
#include <cstring>

namespace earshot::reference {

// Preconditions: `bytes` is a multiple of `element_bytes`.
inline void FillWithElement(const uint8_t* element, uint32_t element_bytes, uint8_t* output,
                            uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i += element_bytes) {
    std::memcpy(output + i, element, element_bytes);
  }
}

}  // namespace earshot::reference
