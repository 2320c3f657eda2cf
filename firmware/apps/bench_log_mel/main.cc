// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Counts what a frame of the log mel front end costs on this board, and each of its stages: a JSON
// line each, in ticks of the board's clock.

#include <cstdint>

#include "board.h"
#include "earshot/frontend/log_mel_frontend.h"
#include "earshot/frontend/log_mel_stages.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/port/clock.h"
#include "firmware/port/console.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

constexpr size_t kBytes = 2048 + 8208;  // StateBytes() and WorkingBytes().

alignas(LogMelFrontend::kMemoryAlignment) uint8_t g_memory[kBytes];
int16_t g_samples[kLogMelWindow];

// What the stages work in, one by one: the same memory.
struct Buffers {
  EarshotComplex32 spectrum[kLogMelBins];
  EarshotComplex32 scratch[kLogMelWindow / 2];
  uint64_t energies[kLogMelChannels];
  uint16_t features[kLogMelChannels];
};
static_assert(sizeof(Buffers) <= kBytes);

void Report(const char* what, uint32_t ticks) {
  JsonLine("bench").Text("what", what).Number("ticks", static_cast<int32_t>(ticks)).Send();
}

// Noise. Source of the generator's constants: Numerical Recipes, "quick and dirty" generators.
void FillSamples() {
  uint32_t state = 1;
  for (int16_t& sample : g_samples) {
    state = state * 1664525u + 1013904223u;
    sample = static_cast<int16_t>(static_cast<int32_t>(state >> 19) - 4096);
  }
}

void BenchStages() {
  void* memory = g_memory;
  auto& b = *static_cast<Buffers*>(memory);
  void* spectrum = b.spectrum;
  auto* input = static_cast<int32_t*>(spectrum);
  uint32_t begin = port::ClockTicks();
  EmphasizeAndWindow(g_samples, 0, kLogMelTables.window, Span<int32_t>(input, kLogMelWindow));
  Report("window", port::ClockTicks() - begin);
  begin = port::ClockTicks();
  EarshotRealFft32(&kLogMelFftState, kLogMelSuperTwiddles, input, b.scratch, b.spectrum);
  Report("fft", port::ClockTicks() - begin);
  begin = port::ClockTicks();
  MelEnergies(kLogMelTables.filterbank, b.spectrum, b.energies);
  Report("filterbank", port::ClockTicks() - begin);
  begin = port::ClockTicks();
  for (size_t c = 0; c < kLogMelChannels; ++c) b.features[c] = LogMelFeature(b.energies[c]);
  Report("log", port::ClockTicks() - begin);
}

// One frame as it comes while listening: 32 ms of new samples.
bool BenchFrame() {
  constexpr size_t kStride = kLogMelWindow / 2;
  LogMelFrontend frontend;
  if (!LogMelFrontend::Create(kLogMelTables, kStride, g_memory, &frontend).ok()) return false;
  frontend.Process(g_samples);
  const uint32_t begin = port::ClockTicks();
  const bool came = !frontend.Process(Span<const int16_t>(g_samples, kStride)).features.empty();
  Report("frame", port::ClockTicks() - begin);
  return came;
}

}  // namespace
}  // namespace earshot

int main() {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code in this file.
  port::StartConsole();
  port::StartClock();
  JsonLine("start")
      .Text("board", board::kName)
      .Number("ticks_per_second", static_cast<int32_t>(board::kClockHz))
      .Send();
  FillSamples();
  BenchStages();
  return BenchFrame() ? 0 : 1;
}
