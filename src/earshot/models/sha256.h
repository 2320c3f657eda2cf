// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SHA-256 (FIPS 180-4), by which a manifest knows its model file.
#pragma once

#include <cstdint>
#include <string>

#include "earshot/base/span.h"

namespace earshot {

// 64 hexadecimal digits, in lower case. Throws std::runtime_error where the library refuses.
std::string Sha256(Span<const uint8_t> bytes);

}  // namespace earshot
