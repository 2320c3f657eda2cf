// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Counts what it costs on this board to turn 10 ms of a PDM microphone's bits into samples.

#include <cstdint>

#include "board.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/audio/pdm_decimator.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/clock.h"
#include "firmware/port/console.h"

namespace earshot {
namespace {

constexpr int kGainBits = 3;
constexpr size_t kWords = port::kAudioBlockSamples * kPdmWordsPerSample;

uint16_t g_pdm[kWords];
int16_t g_pcm[port::kAudioBlockSamples];

void Bench() {
  port::StartConsole();
  port::StartClock();
  JsonLine("start")
      .Text("board", board::kName)
      .Number("ticks_per_second", static_cast<int32_t>(board::kClockHz))
      .Send();
  // Any bits will do: their number decides, not their pattern.
  for (size_t i = 0; i < kWords; ++i) g_pdm[i] = static_cast<uint16_t>(0x5555u + 97u * i);
  PdmDecimator decimator(kGainBits);
  const uint32_t begin = port::ClockTicks();
  const size_t samples = decimator.Process(g_pdm, g_pcm);
  const uint32_t ticks = port::ClockTicks() - begin;
  JsonLine("bench")
      .Text("what", "pdm_block")
      .Number("samples", static_cast<int32_t>(samples))
      .Number("ticks", static_cast<int32_t>(ticks))
      .Send();
}

}  // namespace
}  // namespace earshot

int main() {
  earshot::Bench();
  return 0;
}
