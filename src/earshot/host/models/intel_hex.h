// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Intel HEX: bytes with the addresses at which a flash tool shall put them, as text.
#pragma once

#include <cstdint>
#include <string>

#include "earshot/base/span.h"

namespace earshot::host {

// Records of types 00 (data, 16 bytes each), 04 (upper half of the address) and 01 (end), as in
// Intel's "Hexadecimal Object File Format Specification", revision A, 1988. Preconditions:
// `address` is a multiple of 16; everything lies below 2^32.
std::string IntelHex(uint32_t address, Span<const uint8_t> bytes);

}  // namespace earshot::host
