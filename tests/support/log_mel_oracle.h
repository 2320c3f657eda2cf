// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The features of MLPerf Tiny's streaming wake word, in double precision, as their definition
// reads: what LogMelFrontend is compared with.
//
// Sources: mlcommons/tiny, benchmark/training/streaming_wakeword/get_dataset.py ("lfbe"), for what
// the model was trained on; benchmark/reference_submissions/streaming_wakeword/sww_ref_l4r5zi for
// the scale of samples, int16 / 32768, and how a feature becomes int8; tf.signal for the window
// (hamming_window, not periodic) and the filters (linear_to_mel_weight_matrix).
//
// Where the two differ, training counts: it emphasizes the whole sound, whose first sample follows
// a 0, and the reference firmware each frame anew, as if a 0 stood in front of every one.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::test {

constexpr size_t kOracleWindow = 1024;
constexpr size_t kOracleChannels = 40;

// X[k] = sum of x[n] * exp(-2*pi*j*k*n/N) for 0 <= k < N, N a power of two: that of the even
// samples, and that of the odd ones, turned.
inline std::vector<std::complex<double>> Dft(const std::vector<std::complex<double>>& x) {
  constexpr double kPi = 3.14159265358979323846264338327950288;
  const size_t half = x.size() / 2;
  if (half == 0) return x;
  std::vector<std::complex<double>> parts[2];
  for (size_t n = 0; n < x.size(); ++n) parts[n % 2].push_back(x[n]);
  const std::vector<std::complex<double>> even = Dft(parts[0]);
  const std::vector<std::complex<double>> odd = Dft(parts[1]);
  std::vector<std::complex<double>> spectrum(x.size());
  for (size_t k = 0; k < half; ++k) {
    const double phase = -kPi * static_cast<double>(k) / static_cast<double>(half);
    const std::complex<double> turned = std::polar(1.0, phase) * odd[k];
    spectrum[k] = even[k] + turned;
    spectrum[k + half] = even[k] - turned;
  }
  return spectrum;
}

inline double OracleMel(double hz) { return 1127 * std::log(1 + hz / 700); }

// What filter `channel` has of bin k. Bin 0 belongs to none.
inline double MelWeight(size_t channel, size_t k) {
  if (k == 0) return 0;
  const double step = OracleMel(8000) / (kOracleChannels + 1);
  const double lower = step * static_cast<double>(channel);
  const double mel = OracleMel(static_cast<double>(k) * 16000 / kOracleWindow);
  return std::max(0.0, std::min((mel - lower) / step, (lower + 2 * step - mel) / step));
}

// Features, 0..1, of a frame of 1,024 samples; `before` is the sample in front of it.
inline std::vector<double> LogMelOracle(Span<const int16_t> frame, int16_t before) {
  constexpr double kPi = 3.14159265358979323846264338327950288;
  std::vector<std::complex<double>> x;
  double last = before / 32768.0;
  for (size_t n = 0; n < kOracleWindow; ++n) {
    const double sample = frame[n] / 32768.0;
    const double window =
        0.54 - 0.46 * std::cos(2 * kPi * static_cast<double>(n) / (kOracleWindow - 1));
    x.emplace_back((sample - 0.96875 * last) * window);
    last = sample;
  }
  std::vector<double> power;
  const std::vector<std::complex<double>> spectrum = Dft(x);
  for (size_t k = 0; k <= kOracleWindow / 2; ++k) {
    power.push_back(std::max(std::norm(spectrum[k]) / kOracleWindow, 1e-30));
  }
  static const std::vector<std::vector<double>> bands = [] {
    std::vector<std::vector<double>> weights(kOracleChannels);
    for (size_t c = 0; c < kOracleChannels; ++c) {
      for (size_t k = 0; k <= kOracleWindow / 2; ++k) weights[c].push_back(MelWeight(c, k));
    }
    return weights;
  }();
  std::vector<double> features;
  for (const std::vector<double>& weights : bands) {
    double energy = 0;
    for (size_t k = 0; k < power.size(); ++k) energy += power[k] * weights[k];
    features.push_back(std::clamp((10 * std::log10(energy) + 52) / 64, 0.0, 1.0));
  }
  return features;
}

// As a model's input has it: cut off towards zero. The reference leaves open what becomes of a
// feature beyond int8; here it is the highest one.
inline int8_t LogMelInt8(double feature, double scale) {
  return static_cast<int8_t>(std::min(std::trunc(feature / scale - 128), 127.0));
}

}  // namespace earshot::test
