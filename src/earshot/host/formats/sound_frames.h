// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kinds of files that show only in how frames or packets follow one another.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/host/formats/sound_kinds.h"

namespace earshot::host {

// Of what begins so; without a name: none of them.
SoundKind KindByFrames(Span<const uint8_t> beginning);

// Whether what begins with these kSurelyRaw bytes may be one of them. Of MPEG audio that begins
// within a frame nearly all does.
bool MayBeFrames(Span<const uint8_t> beginning);

// Of a frame of MPEG audio whose header these 4 bytes are; 0: they are none.
size_t MpegFrameBytes(const uint8_t* header);

}  // namespace earshot::host
