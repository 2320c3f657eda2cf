// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/port/model_slot.h"

// Symbols of the linker script; equal where the board has no slot.
extern "C" {
extern const uint8_t linker_slot_begin[];
extern const uint8_t linker_slot_end[];
}

earshot::Span<const uint8_t> earshot::port::ModelSlotRegion() {
  return {linker_slot_begin, static_cast<size_t>(linker_slot_end - linker_slot_begin)};
}
