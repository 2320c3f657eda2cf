// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What tiny_conv_yes_no achieves, as measured with these tests. A gate is a figure that has been
// reached: a change that falls below it fails, one that rises above it raises the gate.
#pragma once

#include <cstddef>

namespace earshot::accuracy {

// audio_samples/<label>/: clips that are heard as something else. All others must be right.
constexpr const char* kWrongSamples[] = {
    "no/festival_kal_slow.wav",  "silence/form_short.wav", "unknown/note_espeak_us.wav",
    "unknown/yet_flite_slt.wav", "yes/festival_kal.wav",   "yes/festival_kal_slow_hum_5db.wav",
    "yes/form_8k.wav",
};

// Speech Commands' validation clips heard right, of all of their label.
struct ClipGate {
  const char* label;
  size_t right;
  size_t clips;
};
constexpr ClipGate kValidationGates[] = {
    {"unknown", 1073, 1145},
    {"yes", 109, 116},
    {"no", 249, 269},
};

// audio_samples/streams/: words found (announced by the right name around the time they are said),
// of all "yes" and "no", and announcements of anything else.
struct StreamGate {
  const char* name;
  size_t found;
  size_t words;
  size_t false_accepts;
};
constexpr StreamGate kStreamGates[] = {
    {"pink_20db", 3, 3, 1},
    {"white_10db", 2, 3, 0},
};

}  // namespace earshot::accuracy
