// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What decoders pass over without a word: recordings that were joined to one file, of which they
// hear the first; holes in the middle; damaged pages and frames; the end that a file lacks.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

struct ByteRange {
  int64_t begin = 0;
  int64_t end = 0;

  int64_t size() const { return end - begin; }
};

// What can be decoded in one go.
struct StreamPart {
  StreamPart() = default;
  explicit StreamPart(ByteRange range) : bytes{range} {}

  std::vector<ByteRange> bytes;  // Of the file; together they are what a file of its own would be.
  // `note` and `error` say what is wrong with it.
  SoundFlaws damage;

  // Of FLAC, where "fLaC" is among its bytes; else -1.
  int64_t flac_at = -1;

  // Of Ogg: whether it is behind a hole in the recording, and whether there is another part of the
  // same recording in front of that.
  bool is_behind_hole = false;
  bool continues = false;
  // Of Ogg: the time of the first page that has one, which is that of the end of its sound; the
  // bytes up to the end of that page; and what Opus does not count at a recording's beginning.
  int64_t first_granule = -1;
  std::vector<ByteRange> first_bytes;
  int64_t pre_skip = 0;
};

// Walks through the pages of an Ogg file, or the frames of an MP3 file, or looks for the beginnings
// of FLAC streams, where `kind` is SoundKind's name of one. At least one part, which is the whole
// file where nothing is known of it.
std::vector<StreamPart> FindStreamParts(std::FILE* file, int64_t file_bytes,
                                        const std::string& kind);

// UnheardText() of a recording of another kind that begins there, maybe behind tags or text; empty:
// none does.
std::string OtherSoundText(std::FILE* file, int64_t begin, int64_t file_bytes,
                           const std::string& own_kind);

}  // namespace earshot::host
