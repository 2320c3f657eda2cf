// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kinds of files that have a place where the same bytes always are.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/host/formats/sound_kinds.h"

namespace earshot::host {

// Of what begins so; without a name: none of them.
SoundKind KindBySignature(Span<const uint8_t> beginning);

// Whether what begins with these kSurelyRaw bytes may be one of them.
bool MayHaveSignature(Span<const uint8_t> beginning);

}  // namespace earshot::host
