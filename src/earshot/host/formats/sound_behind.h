// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What comes behind the samples that a header tells of: nothing, chunks and tags, which are no
// sound, or more sound.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "earshot/host/formats/byte_input.h"
#include "earshot/host/formats/linear_samples.h"
#include "earshot/host/formats/sound_header.h"

namespace earshot::host {

struct SoundBehind {
  // More samples of the same format, of another data chunk or a file that was joined to the first,
  // as ReadSoundHeader() gives them.
  std::optional<SoundHeader> next;
  // The text about other sound; empty: there is none.
  std::string unheard;
};

// `read` goes on right behind the samples, which are of `format`; `is_riff`: those of a RIFF file.
// It may give fewer bytes where no more come at once; `bytes`: how many there are, where that is
// known.
SoundBehind ReadSoundBehind(const ByteReader& read, const LinearFormat& format, bool is_riff,
                            std::optional<uint64_t> bytes);

// The text for sound that is there and not heard; `is_all`: or more.
std::string UnheardText(uint64_t bytes, const std::string& what, bool is_all = true);

}  // namespace earshot::host
