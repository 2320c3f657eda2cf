// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Generated noise, in integers: the same samples from the same seed on every machine.
#pragma once

#include <array>
#include <cstdint>

#include "earshot/host/mixing/random.h"

namespace earshot::host {

// White noise: the sum of four evenly distributed numbers (nearly Gaussian).
class WhiteNoise {
 public:
  static constexpr double kRms = 9459.3;  // sqrt(4 * 16384^2 / 12).

  int16_t Next(Random* random);
};

// Pink noise (3 dB less power per octave) from about 60 Hz to 8 kHz, flat below. The sum of seven
// random numbers, of which the first changes at every second sample, the next at every fourth and
// so on, and of one that changes at every sample: the algorithm of R. Voss in the order of
// J. McCartney (music-dsp mailing list, 1999).
class PinkNoise {
 public:
  static constexpr double kRms = 6688.7;  // sqrt(8 * 8192^2 / 12).

  int16_t Next(Random* random);

 private:
  std::array<int32_t, 7> rows_ = {};
  int32_t sum_ = 0;  // Of the rows.
  uint32_t count_ = 0;
};

}  // namespace earshot::host
