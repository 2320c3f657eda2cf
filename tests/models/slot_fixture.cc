// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/slot_fixture.h"

#include "earshot/models/shipped_models.h"
#include "earshot/models/slot/crc32.h"
#include "earshot/models/slot/slot_layout.h"

namespace earshot::test {

const EmbeddedModel& Shipped() { return *ShippedModels()[0]; }

SlotContents ShippedContents() {
  SlotContents contents;
  contents.name = Shipped().name;
  contents.model = Shipped().bytes;
  contents.labels.assign(Shipped().labels.begin(), Shipped().labels.end());
  contents.config = Shipped().config;
  contents.spotter_bytes = Shipped().spotter_bytes;
  contents.arena_bytes = Shipped().arena_bytes;
  return contents;
}

AlignedBytes PackShipped() { return PackModelSlot(ShippedContents()); }

uint32_t Word(Span<const uint8_t> slot, size_t offset) {
  uint32_t value = 0;
  for (size_t i = 4; i > 0; --i) value = value << 8 | slot[offset + i - 1];
  return value;
}

void SetWord(Span<uint8_t> slot, size_t offset, uint32_t value) {
  for (size_t i = 0; i < 4; ++i) slot[offset + i] = static_cast<uint8_t>(value >> (8 * i));
}

void Seal(Span<uint8_t> slot, uint32_t size) {
  SetWord(slot, kSlotBodyCrcAt, Crc32(slot.subspan(kSlotHeaderBytes, size - kSlotHeaderBytes)));
  SetWord(slot, kSlotHeaderCrcAt, Crc32(slot.subspan(0, kSlotHeaderCrcAt)));
}

std::vector<uint8_t> FromHex(const std::string& digits) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i < digits.size(); i += 2) {
    bytes.push_back(static_cast<uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

}  // namespace earshot::test
