// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The headers of files whose samples are stored one by one: one reader, with one set of rules, for
// files and pipes alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/formats/byte_input.h"
#include "earshot/host/formats/format_chunks.h"
#include "earshot/host/formats/linear_samples.h"
#include "earshot/host/formats/sound_kinds.h"

namespace earshot::host {

struct SoundHeader {
  // Of WAV (RIFF, RIFX, RF64, BW64, W64), AIFF, CAF, AU and SoX with samples that can be decoded
  // one by one; none of any other.
  std::optional<LinearFormat> linear;
  // How many bytes of samples the header claims. None where the length is open: 0, or a number that
  // programs write who do not know it yet; and where it is of no format that is read here.
  std::optional<uint64_t> data_bytes;
  // Of 32 bits, a length of 2 GiB or more is open as well; this is what it says.
  std::optional<uint64_t> huge_bytes;
  // Of a RIFF file, where the samples begin, right behind their length in 4 bytes; else 0.
  uint64_t riff_data_begin = 0;
  // Of a WAV or W64 file.
  WavBlocks blocks;
  // What is wrong with it, though it can be read; empty: nothing.
  std::string note;
  // What it is. Without a name: maybe raw samples.
  SoundKind kind;
  // What was read already of the samples; of what has no name, all that was read.
  std::vector<uint8_t> taken;
};

// Reads up to the first sample, and no more than is needed to know the kind (kKindBytes at most);
// bounded, whatever the header says. Throws InputError (its text does not name the
// file): a header that is damaged, or without samples.
SoundHeader ReadSoundHeader(const ByteReader& read);

// Whether this looks like the beginning of a chunk: four letters, then a length, so that it is not
// sound. Eight bytes.
bool LooksLikeChunk(Span<const uint8_t> bytes);

}  // namespace earshot::host
