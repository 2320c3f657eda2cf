// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/slot/crc32.h"

namespace earshot {
namespace {

constexpr uint32_t kPolynomial = 0xEDB88320u;
constexpr int kNibbles = 16;

struct Table {
  uint32_t remainders[kNibbles] = {};  // Of each nibble, shifted through.

  constexpr Table() {
    for (uint32_t nibble = 0; nibble < kNibbles; ++nibble) {
      uint32_t crc = nibble;
      for (int bit = 0; bit < 4; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? kPolynomial : 0u);
      remainders[nibble] = crc;
    }
  }
};

constexpr Table kTable;

}  // namespace

uint32_t Crc32(Span<const uint8_t> bytes) {
  uint32_t crc = UINT32_MAX;
  for (const uint8_t byte : bytes) {
    crc ^= byte;
    crc = (crc >> 4) ^ kTable.remainders[crc & 0xFu];
    crc = (crc >> 4) ^ kTable.remainders[crc & 0xFu];
  }
  return ~crc;
}

}  // namespace earshot
