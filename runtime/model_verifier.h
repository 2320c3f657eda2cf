// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The one gate between a file of unknown origin and code that trusts it.
#pragma once

#include <cstdint>

#include "base/span.h"
#include "base/status.h"

namespace earshot {

// Checks what Model::Load() promises. Reads the bytes, keeps nothing; takes time in proportion to
// the size of the file.
Status VerifyModel(Span<const uint8_t> bytes);

}  // namespace earshot
