// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RecordingPlayer: a portion of a recording at a chosen level, block by block.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/audio/audio_file.h"

namespace earshot::host {

// A recording, or the part of it between two shares of its length.
struct RecordingPart {
  std::string path;
  double from = 0;  // 0 <= from < to <= 1.
  double to = 1;
  int channel = kAllChannels;  // As AudioFile().
};

// What was found out about a part by reading it once.
struct PartSurvey {
  int64_t begin = 0;  // Samples of the recording at 16 kHz.
  int64_t end = 0;
  double rms = 0;  // In units of 16-bit samples; above 0.
  bool converted = false;
  SoundFlaws flaws;
};

// Reads the whole recording. Throws InputError: unreadable, or nothing but zeros in the part.
PartSurvey Survey(const RecordingPart& part);

// Plays a part once, faded in and out over 10 ms.
class RecordingPlayer {
 public:
  // `gain` is a multiple of 2^-20 (earshot/host/mixing/gain.h). Throws InputError.
  RecordingPlayer(const RecordingPart& part, const PartSurvey& survey, int64_t gain);

  // Adds the next samples, multiplied by the gain, to `mix`, and returns how many there were; fewer
  // than asked for only at the end. Throws InputError.
  size_t AddTo(Span<int64_t> mix);

  int64_t samples_left() const { return end_ - position_; }

 private:
  AudioFile file_;
  int64_t begin_, end_, position_;
  int64_t gain_;
  std::vector<int16_t> block_;
};

}  // namespace earshot::host
