// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The flash that a board sets aside for a model of its own, beside the program's: its linker script
// has a region SLOT, or not.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"

namespace earshot::port {

// What lies there, a model or not (earshot/models/slot/model_slot.h); empty: the board has no slot.
Span<const uint8_t> ModelSlotRegion();

}  // namespace earshot::port
