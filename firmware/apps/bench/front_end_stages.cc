// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/bench/front_end_stages.h"

#include "earshot/frontend/fft.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/log_scale.h"
#include "earshot/frontend/noise_reduction.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/square_root.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/frontend/window.h"
#include "firmware/port/clock.h"

namespace earshot {
namespace {

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

void MeasureFrontEndStages(const int16_t* samples, FrontEndBuffers* buffers,
                           StageTicks (&ticks)[kFrontEndStages]) {
  const FrontendTables& tables = kStandardTables;
  FrontEndBuffers& b = *buffers;
  Stopwatch stopwatch(ticks);
  const int shift =
      ApplyWindow(Span<const int16_t>(samples, FrontEndBuffers::kWindow), tables.window, b.samples);
  stopwatch.Lap("window");
  RealFft(tables.fft, shift, b.samples, b.scratch, b.spectrum);
  stopwatch.Lap("fft");
  SpectrumEnergy(tables.filterbank, b.spectrum, b.energy);
  stopwatch.Lap("energy");
  ApplyFilterbank(tables.filterbank, b.energy, b.channel_energy);
  stopwatch.Lap("filterbank");
  SquareRoots(b.channel_energy, shift, b.signal);
  stopwatch.Lap("square_root");
  ReduceNoise(tables.noise_reduction, b.noise_estimate, b.signal);
  stopwatch.Lap("noise_reduction");
  ApplyPcan(tables.pcan, b.noise_estimate, b.signal);
  stopwatch.Lap("pcan");
  ApplyLog(tables.log, b.signal, b.features);
  stopwatch.Lap("log");
}

}  // namespace earshot
