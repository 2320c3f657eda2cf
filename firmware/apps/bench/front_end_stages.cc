// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/bench/front_end_stages.h"

#include "firmware/port/clock.h"
#include "frontend/fft.h"
#include "frontend/filterbank.h"
#include "frontend/log_scale.h"
#include "frontend/noise_reduction.h"
#include "frontend/pcan_gain.h"
#include "frontend/square_root.h"
#include "frontend/standard_tables.h"
#include "frontend/window.h"

namespace earshot {
namespace {

constexpr size_t kWindow = 480;
constexpr size_t kFftSize = 512;
constexpr size_t kBins = kFftSize / 2 + 1;
constexpr size_t kChannels = 40;

int16_t g_fft_input[kFftSize];
EarshotComplex16 g_scratch[kFftSize / 2];
EarshotComplex16 g_spectrum[kBins];
uint32_t g_energy[kBins];
uint64_t g_channel_energy[kChannels];
uint32_t g_signal[kChannels];
uint32_t g_noise_estimate[kChannels];
uint16_t g_features[kChannels];

// Names and times what was done since the last call.
class Stopwatch {
 public:
  explicit Stopwatch(StageTicks* next) : next_(next), begin_(port::ClockTicks()) {}
  void Lap(const char* stage) {
    *next_++ = {stage, port::ClockTicks() - begin_};
    begin_ = port::ClockTicks();
  }

 private:
  StageTicks* next_;
  uint32_t begin_;
};

}  // namespace

void MeasureFrontEndStages(const int16_t* samples, StageTicks (&ticks)[kFrontEndStages]) {
  const FrontendTables& tables = kStandardTables;
  const Span<int16_t> windowed(g_fft_input, kWindow);
  Stopwatch stopwatch(ticks);
  const int shift =
      InputShift(ApplyWindow(Span<const int16_t>(samples, kWindow), tables.window, windowed));
  stopwatch.Lap("window");
  RealFft(tables.fft, windowed, shift, g_fft_input, g_scratch, g_spectrum);
  stopwatch.Lap("fft");
  SpectrumEnergy(tables.filterbank, g_spectrum, g_energy);
  stopwatch.Lap("energy");
  ApplyFilterbank(tables.filterbank, g_energy, g_channel_energy);
  stopwatch.Lap("filterbank");
  for (size_t c = 0; c < kChannels; ++c) g_signal[c] = SquareRoot(g_channel_energy[c]) >> shift;
  stopwatch.Lap("square_root");
  ReduceNoise(tables.noise_reduction, g_noise_estimate, g_signal);
  stopwatch.Lap("noise_reduction");
  ApplyPcan(tables.pcan, g_noise_estimate, g_signal);
  stopwatch.Lap("pcan");
  ApplyLog(tables.log, g_signal, g_features);
  stopwatch.Lap("log");
}

}  // namespace earshot
