// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AudioLevel: what a stretch of samples says about the microphone that they came from.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// All in int16 units. Adds up to 2^16 samples without overflow: four seconds at 16 kHz.
class AudioLevel {
 public:
  // A sample at either end of int16 counts as clipped.
  void Add(Span<const int16_t> samples);
  void Reset() { *this = AudioLevel(); }

  uint32_t samples() const { return samples_; }
  // The mean; 0 without samples.
  int32_t dc() const;
  // Around the mean: sqrt(mean of squares - square of the mean).
  uint32_t rms() const;
  // The largest magnitude, up to 32768.
  uint32_t peak() const { return peak_; }
  uint32_t clipped() const { return clipped_; }

 private:
  uint32_t samples_ = 0;
  int32_t sum_ = 0;
  uint64_t squares_ = 0;
  uint32_t peak_ = 0;
  uint32_t clipped_ = 0;
};

}  // namespace earshot
