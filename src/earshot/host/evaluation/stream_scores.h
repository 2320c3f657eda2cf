// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Hears streams through the real spotter, once, and keeps all that the model answered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/host/audio/channel_mixer.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/results.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/host/models/spotter.h"

namespace earshot::host {

// A spotter that keeps its model's scores. Not thread-safe; the model outlives it.
class ScoreKeeper {
 public:
  // Throws ModelError when the model does not run.
  explicit ScoreKeeper(const KeywordModel& model);

  // Hears a recording as if it followed on the previous one. Times count from its own beginning: an
  // inference belongs to the recording in which its audio ends. Throws InputError: it cannot be
  // read, or is empty (what was heard of it until then was heard).
  StreamRecording Hear(const std::string& path, int channel);

  // Hears the silence behind the end of all sound (EndSilenceSamples()). Its inferences belong to
  // `recording`, the one that was heard last, as if it were longer.
  void HearEnd(StreamRecording* recording);

  // As freshly created.
  void Reset();

 private:
  void Feed(Span<const int16_t> samples, KeptScores* kept);

  Spotter spotter_;
  size_t end_samples_;
  size_t label_count_;
  int32_t period_ms_;
  bool has_gate_;
  int64_t heard_samples_ = 0;
  int64_t begin_samples_ = 0;  // Of the recording that was heard last.
};

// Both give the recordings, their hours and their events, whose outcomes are up to
// MeasureStreams(). A recording that cannot be read goes to `unread`, and its events are left out.
// They throw ModelError. `channel`: as AudioFile().

// Each from a fresh start, by `jobs` threads. Words that the model has no keyword for are other
// words. `hears_end`: the silence behind the end of each as well.
StreamFigures HearStreams(const KeywordModel& model, const std::vector<LabelledStream>& streams,
                          size_t jobs, bool hears_end, std::vector<Unread>* unread,
                          int channel = kAllChannels);

// One after the other through one spotter without a reset, as a device hears on for hours: a fresh
// start at each of many short recordings would forgive the first moments of each. `hears_end`: the
// silence behind the end of the last one as well.
StreamFigures HearNegatives(const KeywordModel& model, const std::vector<std::string>& paths,
                            bool hears_end, std::vector<Unread>* unread,
                            int channel = kAllChannels);

// One per label: whether it is ever announced.
std::vector<bool> KeywordLabels(const KeywordModel& model);

}  // namespace earshot::host
