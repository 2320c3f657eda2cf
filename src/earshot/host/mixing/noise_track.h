// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// NoiseTrack: noise without an end, from recordings and generators.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/mixing/bad_files.h"
#include "earshot/host/mixing/deck.h"
#include "earshot/host/mixing/noise_generator.h"
#include "earshot/host/mixing/recording_player.h"

namespace earshot::host {

// Splits "PATH@0.8-1.0" into the recordings of PATH (a file, or a directory: all below it) and the
// part of each. What does not exist goes to `bad`. Throws UsageError when the shares are not
// 0 <= from < to <= 1.
std::vector<RecordingPart> RecordingParts(const std::string& argument, BadFiles* bad);

// One noise after the other in random order, each once before any comes again: a recording from the
// beginning of its part to its end, faded over 10 ms where it begins and ends; a generator for 10
// s. Each is brought to the level by the rms of its whole part.
class NoiseTrack {
 public:
  // `sources`: "white", "pink", or what RecordingParts() takes; empty: no noise. `bad` is told
  // which recordings cannot be read, and must stay alive. Throws InputError when that leaves none.
  NoiseTrack(const std::vector<std::string>& sources, double level_dbfs, uint64_t seed,
             BadFiles* bad, int channel = kAllChannels);

  // Adds noise to `mix`, in multiples of 2^-20. Throws InputError when no source can be read.
  void AddTo(Span<int64_t> mix);

  std::vector<std::string> paths() const;  // Of all recordings.

 private:
  enum class Kind { kRecording, kWhite, kPink };
  struct Source {
    Kind kind = Kind::kRecording;
    RecordingPart part;
  };

  size_t AddSomeTo(Span<int64_t> mix);
  void StartNext();

  double level_dbfs_;
  Random order_, noise_;
  BadFiles* bad_;
  Deck<Source> sources_;
  Kind kind_ = Kind::kRecording;  // Of what plays now.
  std::unique_ptr<RecordingPlayer> player_;
  std::string path_;           // What `player_` plays.
  size_t generated_left_ = 0;  // Samples until the next source.
  WhiteNoise white_;
  PinkNoise pink_;
};

}  // namespace earshot::host
