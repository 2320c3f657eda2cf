// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Checks of what a caller passes. All errors are kInvalidArgument, at `subject`; `what` is static
// text.
#pragma once

#include <cstdint>

#include "base/span.h"
#include "base/status.h"

namespace earshot {

Status InvalidNumber(StatusSubject subject, const char* what, int32_t found, int32_t wanted);

// That lowest <= found <= highest. The error's `wanted` is the limit that was passed.
Status CheckRange(StatusSubject subject, const char* what, int32_t found, int32_t lowest,
                  int32_t highest);

// That memory begins at a multiple of kArenaAlignment.
Status CheckMemoryAlignment(StatusSubject subject, Span<uint8_t> memory);

}  // namespace earshot
