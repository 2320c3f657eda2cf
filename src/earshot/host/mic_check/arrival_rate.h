// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ArrivalRate: at which rate samples really come, by this computer's clock.
#pragma once

#include <cstdint>
#include <optional>

#include "earshot/host/listening/audio_source.h"
#include "earshot/host/mic_check/microphone_judge.h"

namespace earshot::host {

// Of samples at 16 kHz that come in blocks. The first second is left out: some systems begin with
// what they had in their buffers, others late. From then on, the rate is the slope of the line
// through all (arrival, samples so far) by least squares, so that no single late block matters.
class ArrivalRate {
 public:
  // A block of that many samples, the last of which came at `arrival`; no earlier than the block
  // before. What was lost does not count.
  void Add(int64_t samples, AudioBlock::Clock::time_point arrival);

  // Empty while there is less than kShortestHostSeconds both of time and of samples: one of them is
  // enough, because then a late block no longer explains a difference from the other. Empty, too,
  // while no time has passed.
  std::optional<MeasuredRate> Rate() const;

 private:
  int64_t samples_ = 0;                                 // So far.
  int64_t first_samples_ = 0;                           // Of these, those until ...
  std::optional<AudioBlock::Clock::time_point> begin_;  // ... here, from where it is measured.
  double last_s_ = 0;                                   // Since begin_.
  // Over all points (x: seconds since begin_, y: samples since then).
  double count_ = 0;
  double x_sum_ = 0;
  double y_sum_ = 0;
  double xx_sum_ = 0;
  double xy_sum_ = 0;
};

}  // namespace earshot::host
