// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Checks of what a caller passes, and when. Errors are kInvalidArgument unless it is said
// otherwise, at `subject`; `what` is static text.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"

namespace earshot {

Status InvalidNumber(StatusSubject subject, StaticText what, int32_t found, int32_t wanted);

// A number that a caller passed, and its limits, both included.
struct RangeCheck {
  StaticText what;
  int32_t found;
  int32_t lowest;
  int32_t highest;
};

// That each number is within its limits, in the given order. The error's `wanted` is the limit that
// was passed.
Status CheckRanges(StatusSubject subject, Span<const RangeCheck> checks);

// The error of using what has not been created: kFailedPrecondition.
Status NotCreated(StatusSubject subject);

// That memory begins at a multiple of kArenaAlignment.
Status CheckMemoryAlignment(StatusSubject subject, Span<uint8_t> memory);

}  // namespace earshot
