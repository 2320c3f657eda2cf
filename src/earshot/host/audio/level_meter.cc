// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/level_meter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace earshot::host {

void LevelMeter::Add(Span<const int16_t> samples) {
  for (const int16_t sample : samples) {
    const int32_t value = sample;
    ++count_;
    sum_ += value;
    square_sum_ += value * value;
    peak_ = std::max(peak_, std::abs(value));
    if (value == INT16_MAX || value == INT16_MIN) ++clipped_;
    if (count_ == samples_per_line_) Emit();
  }
}

void LevelMeter::AddLost(int64_t samples) {
  ++gaps_;
  lost_ += samples;
}

void LevelMeter::Finish() {
  if (count_ > 0 && (!has_emitted_ || 2 * count_ >= samples_per_line_)) Emit();
}

void LevelMeter::Emit() {
  const auto count = static_cast<double>(count_);
  const double mean = static_cast<double>(sum_) / count;
  const double variance = static_cast<double>(square_sum_) / count - mean * mean;
  LevelLine line;
  line.samples = count_;
  line.dc = static_cast<int32_t>(std::lround(mean));
  line.rms = static_cast<int32_t>(std::lround(std::sqrt(std::max(variance, 0.0))));
  line.peak = peak_;
  line.clipped = clipped_;
  line.dropped = gaps_;
  line.lost_samples = lost_;
  count_ = sum_ = square_sum_ = clipped_ = gaps_ = lost_ = 0;
  peak_ = 0;
  has_emitted_ = true;
  take_(line);
}

}  // namespace earshot::host
