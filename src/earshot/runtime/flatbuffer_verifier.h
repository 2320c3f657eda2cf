// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Whether a model file is a sound flatbuffer, before anything looks at what it says.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// True if every table, vector and string that earshot/runtime/schema/model_format.fbs describes,
// operators' options included, lies inside of `bytes` at its alignment, so that the accessors which
// flatc generates are safe for all of them. Recursion is four tables deep at most; time is in
// proportion to the tables, of which there may be a million (several offsets may lead to the same
// one).
//
// It accepts what flatbuffers::Verifier with the generated Verify functions accepts. It walks along
// a table of fields instead of one function for each table, at a third of the size.
//
// Preconditions: bytes begin at a multiple of 4; 8 to INT32_MAX of them.
bool VerifyFlatbuffer(Span<const uint8_t> bytes);

}  // namespace earshot
