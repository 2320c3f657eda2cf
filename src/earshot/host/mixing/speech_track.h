// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SpeechTrack: running speech, one utterance after the other.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/host/mixing/bad_files.h"
#include "earshot/host/mixing/deck.h"
#include "earshot/host/mixing/recording_player.h"

namespace earshot::host {

class SpeechTrack {
 public:
  // `sources`: recordings, directories (all recordings below), or CSV files with the column path
  // (relative to the file) and maybe text, what is said in it. Utterances whose text contains one
  // of `keywords` as a word, in upper or lower case, are left out. `bad` must stay alive.
  SpeechTrack(const std::vector<std::string>& sources, const std::vector<std::string>& keywords,
              double level_dbfs, uint64_t seed, BadFiles* bad, int channel = kAllChannels);

  // The next utterance at its level, in random order, each once before any comes again; null when
  // there is none that can be read.
  std::unique_ptr<RecordingPlayer> Next();

  const std::vector<std::string>& paths() const { return paths_.items(); }  // Of all utterances.
  // The utterances that were, for a keyword in them.
  const std::vector<std::string>& left_out() const { return left_out_; }

 private:
  void AddCsv(const std::string& path, const std::vector<std::string>& keywords,
              std::vector<std::string>* paths);

  double level_dbfs_;
  Random random_;
  BadFiles* bad_;
  int channel_;
  Deck<std::string> paths_;
  std::vector<std::string> left_out_;
};

// Whether `text` contains `word`, letters compared without regard to case (ASCII), with no letter
// or digit on either side of it.
bool ContainsWord(const std::string& text, const std::string& word);

}  // namespace earshot::host
