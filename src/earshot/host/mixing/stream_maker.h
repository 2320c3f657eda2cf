// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Makes labelled streams: words, speech and noise in one recording, and the list of the words.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "earshot/host/mixing/bad_files.h"

namespace earshot::host {

struct MixOptions {
  std::vector<std::string> words;     // As AddClips() takes them.
  std::vector<std::string> keywords;  // Empty: every label.
  double keyword_share = 0.5;
  std::vector<std::string> noise;   // As NoiseTrack takes them.
  std::vector<std::string> speech;  // Directories, recordings, or CSV files with path[,text].
  double speech_share = 0.5;        // Of the gaps between words, those with an utterance.
  double level_dbfs = -26;          // The rms of a word's audible part ...
  double level_range_db = 0;        // ... give or take as much.
  double speech_level_dbfs = -26;   // The rms of a whole utterance.
  double snr_db = 10;               // The noise's rms lies as much below level_dbfs.
  double min_gap_seconds = 2;       // Between two words, or a word and an utterance.
  double max_gap_seconds = 4;
  int channel = 0;     // Of every recording, as AudioFile() takes it.
  double minutes = 0;  // How long the stream gets; 0: until each word was said once.
  uint64_t seed = 1;
  std::string out;  // A .wav file.
};

struct MixSummary {
  int64_t samples = 0;
  int64_t clipped = 0;
  std::map<std::string, int64_t> keywords;  // How often each was put in.
  int64_t other_words = 0;
  int64_t utterances = 0;
  int64_t utterances_with_keywords = 0;  // Left out.
  int64_t converted = 0;                 // Words that were not 16 kHz mono.
  std::string events_path;
};

// Writes the stream as it goes; memory does not grow with its length. `bad` is told what cannot be
// read; the rest goes on. Throws UsageError or InputError where nothing can be made.
MixSummary MakeStream(const MixOptions& options, BadFiles* bad);

}  // namespace earshot::host
