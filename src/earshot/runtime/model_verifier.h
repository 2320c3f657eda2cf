// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The one gate between a file of unknown origin and code that trusts it.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"

namespace earshot {

// Check what Model::Load() and LoadStructure() promise. They read the bytes and keep nothing; they
// take time in proportion to the tables, the operators' tensors and the scales of these, each of
// which has its limit.
Status VerifyModel(Span<const uint8_t> bytes);
Status VerifyStructure(Span<const uint8_t> bytes);

// As VerifyModel(), for bytes at any multiple of 4. What it accepts may be given to
// Model::LoadVerified() there: nothing in a model has to lie at more than that, as in files of
// older tools, but interpreters of other makers want kModelAlignment, so Model::Load() does.
Status VerifyModelOfWords(Span<const uint8_t> bytes);

}  // namespace earshot
