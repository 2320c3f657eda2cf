// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Judges a board's microphone: one JSON line a second for `earshot mic-check --serial`, or for
// eyes. The LED follows the level: on while the last block was loud.

#include "board.h"
#include "firmware/apps/common/audio_level.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/clock.h"
#include "firmware/port/console.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

constexpr uint32_t kLoud = 2000;  // Speech at arm's length is, a quiet room is not.

// Blocks of 10 ms since the last line, and all that was lost before it.
class MicCheck {
 public:
  void Start();
  void Step();

 private:
  void SendLine();

  AudioLevel level_;
  uint32_t reported_overruns_ = 0;
};

void MicCheck::Start() {
  port::StartConsole();
  port::StartIndicator();
  port::StartClock();
  const char* error = port::StartAudio();
  if (error != nullptr) {
    JsonLine("error").Text("what", error).Send();
    port::Exit(port::ExitCode::kNoMicrophone);
  }
  JsonLine("start").Text("board", board::kName).Text("app", "mic-check").Send();
}

void MicCheck::Step() {
  const Span<const int16_t> block = port::NextAudioBlock();
  if (block.empty()) {
    if (port::AudioEnded()) port::Exit(port::ExitCode::kDone);
    port::WaitForInterrupt();
    return;
  }
  AudioLevel now;
  now.Add(block);
  level_.Add(block);
  port::ReleaseAudioBlock();
  port::SetIndicator(now.peak() >= kLoud);
  if (level_.samples() >= port::kAudioRateHz) SendLine();
}

// A second by the count of samples: where the board's clock says something else, the rate is off.
void MicCheck::SendLine() {
  const uint32_t overruns = port::AudioOverruns();
  JsonLine("level")
      .Number("time_ms", static_cast<int32_t>(port::UptimeMs()))
      .Number("samples", static_cast<int32_t>(level_.samples()))
      .Number("dc", level_.dc())
      .Number("rms", static_cast<int32_t>(level_.rms()))
      .Number("peak", static_cast<int32_t>(level_.peak()))
      .Number("clipped", static_cast<int32_t>(level_.clipped()))
      .Number("dropped", static_cast<int32_t>(overruns - reported_overruns_))
      .Send();
  reported_overruns_ = overruns;
  level_.Reset();
}

MicCheck g_app;

}  // namespace
}  // namespace earshot

int main() {
  earshot::g_app.Start();
  while (true) earshot::g_app.Step();
}
