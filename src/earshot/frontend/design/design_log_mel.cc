// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/design/design_log_mel.h"

#include <algorithm>
#include <cmath>

#include "earshot/frontend/design/fft_state.h"
#include "earshot/frontend/log_mel_tables.h"

namespace earshot {
namespace {

constexpr double kPi = 3.14159265358979323846264338327950288;
constexpr double kHighestHz = 8000;
constexpr double kHzPerBin = 16000.0 / kLogMelWindow;

int16_t Q15(double value) {
  return static_cast<int16_t>(std::min(std::floor(value * 32768 + 0.5), 32767.0));
}

double Mel(double hz) { return 1127 * std::log1p(hz / 700); }

}  // namespace

LogMelDesign DesignLogMel() {
  LogMelDesign design;
  for (size_t i = 0; i < kLogMelWindow; ++i) {
    // A Hamming window of which both ends are there.
    const double phase = 2 * kPi * static_cast<double>(i) / (kLogMelWindow - 1);
    design.window.push_back(Q15(0.54 - 0.46 * std::cos(phase)));
  }
  constexpr auto kPoints = static_cast<int32_t>(kLogMelWindow / 2);
  design.fft_state.resize(FftStateWords<EarshotComplex32>(kPoints));
  design.super_twiddles.resize(kLogMelWindow / 4);
  MakeFftState<EarshotComplex32>(kPoints, false, design.fft_state, design.super_twiddles);

  // Bin 0 belongs to no filter, and at the highest frequency the last one is 0.
  const double band_mel = Mel(kHighestHz) / (kLogMelChannels + 1);
  int32_t bin = design.first_bin = 1;
  for (size_t band = 0; band <= kLogMelChannels; ++band) {
    const double end_mel = band_mel * static_cast<double>(band + 1);
    int16_t width = 0;
    for (; bin < kPoints && Mel(bin * kHzPerBin) < end_mel; ++bin, ++width) {
      design.falling.push_back(Q15((end_mel - Mel(bin * kHzPerBin)) / band_mel));
    }
    design.widths.push_back(width);
  }
  design.end_bin = bin;
  return design;
}

}  // namespace earshot
