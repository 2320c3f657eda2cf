// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Text for people from a Status. Only images that call this carry its strings.
#pragma once

#include <cstddef>

#include "earshot/base/span.h"
#include "earshot/base/status.h"

namespace earshot {

// Room for any Status with the texts that Earshot itself produces.
constexpr size_t kStatusTextBytes = 192;

// Writes, e.g., "invalid model: tensor 5: shape: bytes: found 12, wanted 16" as a zero-terminated
// string, cut to fit. Returns text.data(). Precondition: text is not empty.
const char* StatusText(const Status& status, Span<char> text);

}  // namespace earshot
