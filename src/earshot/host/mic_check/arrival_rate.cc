// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/arrival_rate.h"

#include <algorithm>
#include <chrono>

#include "earshot/app/units.h"
#include "earshot/host/audio/stream_converter.h"

namespace earshot::host {

void ArrivalRate::Add(int64_t samples, AudioBlock::Clock::time_point arrival) {
  samples_ += samples;
  if (samples_ < kSampleRateHz) return;
  if (!begin_) {
    begin_ = arrival;
    first_samples_ = samples_;
  }
  last_s_ = std::chrono::duration<double>(arrival - *begin_).count();
  const auto y = static_cast<double>(samples_ - first_samples_);
  ++count_;
  x_sum_ += last_s_;
  y_sum_ += y;
  xx_sum_ += last_s_ * last_s_;
  xy_sum_ += last_s_ * y;
}

std::optional<MeasuredRate> ArrivalRate::Rate() const {
  const double sound_s = SecondsOfSamples(samples_ - first_samples_);
  const double spread = count_ * xx_sum_ - x_sum_ * x_sum_;
  if (std::max(last_s_, sound_s) < kShortestHostSeconds || !(spread > 0)) return {};
  return MeasuredRate{(count_ * xy_sum_ - x_sum_ * y_sum_) / spread, last_s_};
}

}  // namespace earshot::host
