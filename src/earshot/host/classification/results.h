// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What `earshot classify` finds out about one recording.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

// Scores are Q0.8: 256 would be certainty.
struct ClipAnswer {
  std::optional<size_t> label;  // Empty: nothing, none of the model's words is in the clip.
  uint8_t score = 0;            // Of the label; of nothing: the highest of all scores.
  std::vector<uint8_t> scores;  // One per label.
};

struct RecordingResult {
  std::string path;
  std::string error;       // Not empty: nothing of the recording could be read, and why.
  SoundFlaws flaws;        // What it lacks; all else is of what could be heard.
  std::string conversion;  // What was converted to 16 kHz mono, e.g. "44100 Hz, 2 channels".
  double seconds = 0;
  std::optional<ClipAnswer> clip;     // Of a clip; else there are ...
  std::vector<Detection> detections;  // ... the words of a longer recording.
};

}  // namespace earshot::host
