// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// zlib's CRC-32 (reflected polynomial 0xEDB88320), for results too many to be written down.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/model_builder.h"

namespace earshot::test {

// Over the values' bytes, in order; little-endian.
template <typename T>
uint32_t Crc32(const std::vector<T>& values) {
  constexpr uint32_t kPolynomial = 0xEDB88320u;
  uint32_t crc = UINT32_MAX;
  for (const uint8_t byte : BytesOf(values)) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? kPolynomial : 0u);
  }
  return ~crc;
}

}  // namespace earshot::test
