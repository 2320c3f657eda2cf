// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The pages of Ogg files (RFC 3533).
#pragma once

#include <cstdint>
#include <cstdio>
#include <vector>

#include "earshot/host/formats/stream_parts.h"

namespace earshot::host {

// Recordings one behind the other, each of them cut where pages are missing or damaged. Where
// several streams share the pages, holes are not looked for.
std::vector<StreamPart> FindOggParts(std::FILE* file, int64_t file_bytes);

}  // namespace earshot::host
