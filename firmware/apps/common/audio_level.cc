// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/common/audio_level.h"

#include "earshot/frontend/square_root.h"

namespace earshot {

void AudioLevel::Add(Span<const int16_t> samples) {
  for (const int16_t sample : samples) {
    const int32_t value = sample;
    const auto magnitude = static_cast<uint32_t>(value < 0 ? -value : value);
    sum_ += value;
    squares_ += magnitude * magnitude;
    if (magnitude > peak_) peak_ = magnitude;
    if (value == INT16_MIN || value == INT16_MAX) ++clipped_;
  }
  samples_ += static_cast<uint32_t>(samples.size());
}

int32_t AudioLevel::dc() const { return samples_ == 0 ? 0 : sum_ / static_cast<int32_t>(samples_); }

uint32_t AudioLevel::rms() const {
  if (samples_ == 0) return 0;
  const auto sum = static_cast<int64_t>(sum_);
  const auto square_of_sum = static_cast<uint64_t>(sum * sum);
  return SquareRoot((squares_ - square_of_sum / samples_) / samples_);
}

}  // namespace earshot
