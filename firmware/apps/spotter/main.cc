// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The keyword spotter on a board: one JSON line on the console and a flash of the LED for each word
// that it hears. "status" on the console asks how it is doing.

#include "board.h"
#include "firmware/apps/common/command_line.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/apps/common/load_meter.h"
#include "firmware/apps/common/microphone_watch.h"
#include "firmware/apps/spotter/voice_model.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/clock.h"
#include "firmware/port/console.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

constexpr uint32_t kFlashMs = 500;

// Everything that lives as long as the program; constant-initialized.
class SpotterApp {
 public:
  void Start();
  // Works on what is there; sleeps when nothing is.
  void Step();

 private:
  void Work(Span<const int16_t> block);
  void Announce(const Detection& detection);
  void WatchMicrophone(Span<const int16_t> block);
  void ReportOverruns();
  void ObeyCommands();
  void SendStatus();

  VoiceModel model_;
  LoadMeter load_;
  MicrophoneWatch microphone_;
  CommandLine commands_;
  uint32_t reported_overruns_ = 0;
  uint32_t flash_began_ms_ = 0;
  bool flashing_ = false;
};

void SpotterApp::Start() {
  port::StartConsole();
  port::StartIndicator();
  port::StartClock();
  if (!model_.Start()) port::Exit(port::ExitCode::kNoModel);
  const char* error = port::StartAudio();
  if (error != nullptr) {
    JsonLine("error").Text("what", error).Send();
    port::Exit(port::ExitCode::kNoMicrophone);
  }
  port::StartWatchdog();
}

void SpotterApp::Step() {
  ObeyCommands();
  if (flashing_ && port::UptimeMs() - flash_began_ms_ >= kFlashMs) {
    flashing_ = false;
    port::SetIndicator(false);
  }
  const Span<const int16_t> block = port::NextAudioBlock();
  if (block.empty()) {
    if (port::AudioEnded()) {
      SendStatus();
      port::Exit(port::ExitCode::kDone);
    }
    port::WaitForInterrupt();
    return;
  }
  load_.Begin();
  Work(block);
  load_.End(port::WaitingAudioBlocks() >= board::kAudioQueueBlocks);
  port::ReleaseAudioBlock();
  ReportOverruns();
  port::FeedWatchdog();
}

void SpotterApp::Work(Span<const int16_t> block) {
  WatchMicrophone(block);
  while (!block.empty()) {
    ImageSpotter::Result result;
    const Status status = model_.spotter().Feed(block, &result);
    if (!status.ok()) {
      SendError("listening", status);
      return;
    }
    if (result.detection != nullptr) Announce(*result.detection);
    block = block.subspan(result.consumed);
  }
}

void SpotterApp::Announce(const Detection& detection) {
  port::SetIndicator(true);
  flashing_ = true;
  flash_began_ms_ = port::UptimeMs();
  JsonLine("detection")
      .Text("label", model_.label(detection.label))
      .Score("score", detection.score)
      .Number("start_ms", static_cast<int32_t>(detection.start_ms))
      .Number("end_ms", static_cast<int32_t>(detection.end_ms))
      .Number("time_ms", static_cast<int32_t>(detection.time_ms))
      .Send();
}

void SpotterApp::WatchMicrophone(Span<const int16_t> block) {
  switch (microphone_.Look(block)) {
    case MicrophoneWatch::Change::kNone:
      break;
    case MicrophoneWatch::Change::kDied:
      JsonLine("error").Text("what", "the microphone gives one constant value").Send();
      break;
    case MicrophoneWatch::Change::kCameBack:
      JsonLine("microphone").Text("state", "alive").Send();
      break;
  }
}

// Samples that were lost leave a jump in what the front end hears: never in silence.
void SpotterApp::ReportOverruns() {
  const uint32_t overruns = port::AudioOverruns();
  if (overruns == reported_overruns_) return;
  JsonLine("overrun")
      .Number("lost_blocks", static_cast<int32_t>(overruns - reported_overruns_))
      .Send();
  reported_overruns_ = overruns;
}

void SpotterApp::ObeyCommands() {
  const char* line = commands_.Poll();
  if (line == nullptr) return;
  if (IsCommand(line, "status")) {
    SendStatus();
  } else {
    JsonLine("error").Text("what", "unknown command; there is: status").Text("found", line).Send();
  }
}

void SpotterApp::SendStatus() {
  JsonLine("status")
      .Number("uptime_ms", static_cast<int32_t>(port::UptimeMs()))
      .Number("load_permille", static_cast<int32_t>(load_.TakePermille()))
      .Number("longest_us", static_cast<int32_t>(load_.longest_us()))
      .Number("blocks", static_cast<int32_t>(load_.blocks()))
      .Number("late", static_cast<int32_t>(load_.late_blocks()))
      .Number("overruns", static_cast<int32_t>(port::AudioOverruns()))
      .Send();
  JsonLine("memory")
      .Number("stack", static_cast<int32_t>(port::StackBytes()))
      .Number("stack_used", static_cast<int32_t>(port::StackUsedBytes()))
      .Number("spotter", static_cast<int32_t>(model_.memory_bytes()))
      .Number("spotter_used", static_cast<int32_t>(model_.spotter().used_bytes()))
      .Number("arena_used", static_cast<int32_t>(model_.spotter().arena_used_bytes()))
      .Send();
}

SpotterApp g_app;

}  // namespace
}  // namespace earshot

int main() {
  earshot::g_app.Start();
  while (true) earshot::g_app.Step();
}
