// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where sound begins that something else is in front of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "earshot/base/span.h"

namespace earshot::host {

// So many bytes of text in front of sound are passed over.
constexpr size_t kMostTextBytes = 1 << 17;

// The first place among the bytes where a file of sound begins, or a tag of one, for sure: by more
// bytes than compressed data has alike by chance. Their size: nowhere.
size_t FindSound(Span<const uint8_t> bytes);

// The same of a file, from `begin` on and before `end`; -1: nowhere.
int64_t FindSound(std::FILE* file, int64_t begin, int64_t end);

}  // namespace earshot::host
