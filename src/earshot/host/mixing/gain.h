// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Levels and gains of 16-bit samples. Mixing is done in integers, so that it gives the same samples
// on every machine; the few results of floating point (a power of ten, a root) are rounded to
// integers before they touch a sample.
#pragma once

#include <cstdint>

namespace earshot::host {

// Gains and mixed samples are multiples of 2^-20.
constexpr int kGainBits = 20;
constexpr int64_t kUnityGain = int64_t{1} << kGainBits;

// The loudest gain: 72 dB. What needs more than that is no recording of anything.
constexpr int64_t kMaxGain = int64_t{4096} << kGainBits;

// Sums up samples for their root mean square (not around their mean).
struct Power {
  uint64_t sum_of_squares = 0;
  uint64_t samples = 0;

  void Add(int16_t sample) {
    sum_of_squares += static_cast<uint64_t>(int32_t{sample} * int32_t{sample});
    ++samples;
  }
  // In units of 16-bit samples; 0 when there are none.
  double Rms() const;
};

// The rms, in units of 16-bit samples, of a level in dB relative to 32768 (so a sine at full scale
// has -3.01 dBFS, as in `earshot mic-check`).
double RmsOfLevel(double dbfs);
double LevelOfRms(double rms);

constexpr int64_t kFadeSamples = 160;  // 10 ms at 16 kHz: enough for a beginning without a click.

// `gain` of the sample that has `distance` samples between itself and the end of what is played, of
// which the outermost `fade` are faded, linearly. No fade: 0.
inline int64_t Faded(int64_t gain, int64_t distance, int64_t fade) {
  return distance + 1 < fade ? gain * (distance + 1) / fade : gain;
}

// What brings `rms` to `dbfs`, at most kMaxGain. Precondition: rms > 0.
int64_t GainTo(double dbfs, double rms);

}  // namespace earshot::host
