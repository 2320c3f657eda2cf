// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LiveFollower: makes LivePictures of what a listener hears.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/audio/level_meter.h"
#include "earshot/host/classification/feature_extractor.h"
#include "earshot/host/listening/live_picture.h"

namespace earshot::host {

class LiveFollower {
 public:
  using Clock = std::chrono::steady_clock;

  LiveFollower();
  LiveFollower(const LiveFollower&) = delete;
  LiveFollower& operator=(const LiveFollower&) = delete;

  void Start(const std::string& source, const std::vector<const KeywordModel*>& models);
  // 16 kHz mono.
  void Samples(Span<const int16_t> samples);
  // Of the model with this index.
  void Scores(size_t model, const KeywordDetector::Result& result);

  // What it looks like at `now`, which never goes back. Marks stay for a time by that clock, not by
  // the sound's: people are to see them. The picture is valid until the next call.
  const LivePicture& Picture(Clock::time_point now, const ListenTotals& totals);

 private:
  // A label's answers since the last picture.
  struct Answers {
    int sum = 0;
    int count = 0;
    int best_average = 0;
    Clock::time_point best_at;  // When the best one that is shown was there.
  };

  void AddColumns();
  void AddLevel(const LevelLine& line);
  void ShowLevel(Clock::time_point now);
  void ShowScores(Clock::time_point now);

  LivePicture picture_;

  FeatureExtractor extractor_;
  std::vector<uint16_t> frames_;  // That have not become a column yet.

  // Since the last picture; in units of int16 samples.
  LevelMeter meter_;
  int lines_ = 0;
  double rms_square_sum_ = 0;
  int32_t peak_ = 0;
  bool clipped_ = false;
  Clock::time_point sound_at_;
  Clock::time_point peak_at_;
  Clock::time_point clipped_at_;

  std::vector<std::vector<Answers>> answers_;  // By model and label.
};

}  // namespace earshot::host
