// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CRC-32 as zlib, PNG and Ethernet compute it.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// Reflected polynomial 0xEDB88320, start and final XOR 0xFFFFFFFF (ISO 3309, RFC 1952 section 8).
// Every burst of up to 32 damaged bits is noticed, all other damage with probability 1 - 2^-32. A
// table of 64 bytes: on a microcontroller flash is dearer than the second step per byte.
uint32_t Crc32(Span<const uint8_t> bytes);

}  // namespace earshot
