// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SpokenClip: a recording of one word, ready to be put into a stream.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/host/audio/sound_flaws.h"
#include "earshot/host/mixing/audible_part.h"

namespace earshot::host {

// What is longer is no recording of a word.
constexpr int kLongestClipSeconds = 10;

struct SpokenClip {
  std::vector<int16_t> samples;  // 16 kHz.
  AudiblePart word;              // Never empty.
  double rms = 0;                // Of that part, in units of 16-bit samples.
  bool converted = false;
  SoundFlaws flaws;
};

// `channel`: as AudioFile(). Throws InputError: unreadable, too long, or nothing can be heard in
// it.
SpokenClip ReadSpokenClip(const std::string& path, int channel);

}  // namespace earshot::host
