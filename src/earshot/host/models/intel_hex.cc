// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/intel_hex.h"

#include <fmt/format.h>

#include <algorithm>

namespace earshot::host {
namespace {

constexpr size_t kBytesPerRecord = 16;

enum RecordType : uint8_t { kData = 0, kEnd = 1, kUpperAddress = 4 };

// Length, address, type, data, and what makes the sum of all bytes zero.
std::string Record(uint16_t address, RecordType type, Span<const uint8_t> data) {
  std::string text = fmt::format(":{:02X}{:04X}{:02X}", data.size(), address, type);
  size_t sum = data.size() + (address >> 8) + (address & 0xFFu) + type;
  for (const uint8_t byte : data) {
    text += fmt::format("{:02X}", byte);
    sum += byte;
  }
  return text + fmt::format("{:02X}\n", -sum & 0xFFu);
}

}  // namespace

std::string IntelHex(uint32_t address, Span<const uint8_t> bytes) {
  std::string text;
  uint32_t upper = 0;  // What readers take for granted.
  while (!bytes.empty()) {
    if (address >> 16 != upper) {
      upper = address >> 16;
      const uint8_t halves[] = {static_cast<uint8_t>(upper >> 8), static_cast<uint8_t>(upper)};
      text += Record(0, kUpperAddress, halves);
    }
    // With addresses at multiples of 16 no record goes past the end of its 64 KiB.
    const size_t size = std::min(bytes.size(), kBytesPerRecord);
    text += Record(static_cast<uint16_t>(address), kData, bytes.subspan(0, size));
    address += static_cast<uint32_t>(size);
    bytes = bytes.subspan(size);
  }
  return text + Record(0, kEnd, {});
}

}  // namespace earshot::host
