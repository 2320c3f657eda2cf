// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The shipped model in a slot, and slots that are changed on purpose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/embedded_model.h"
#include "earshot/models/slot/model_slot_writer.h"

namespace earshot::test {

const EmbeddedModel& Shipped();
SlotContents ShippedContents();
AlignedBytes PackShipped();

uint32_t Word(Span<const uint8_t> slot, size_t offset);
void SetWord(Span<uint8_t> slot, size_t offset, uint32_t value);

// Makes both checksums right again: the body's over everything between the header and `size`.
void Seal(Span<uint8_t> slot, uint32_t size);

std::vector<uint8_t> FromHex(const std::string& digits);

}  // namespace earshot::test
