// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/microphone_hearing.h"

#include <fmt/format.h>

#include <chrono>

#include "earshot/app/units.h"
#include "earshot/host/audio/level_meter.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "earshot/host/mic_check/arrival_rate.h"

namespace earshot::host {
namespace {

constexpr std::chrono::milliseconds kLongestRead(100);
// The least for which there is a rate: ArrivalRate leaves the first second out.
constexpr auto kLeastSecondsForRate = static_cast<size_t>(kShortestHostSeconds) + 1;

}  // namespace

void HearMicrophone(AudioSource* source, size_t seconds, const std::function<void(size_t)>& tell,
                    MicrophoneJudge* judge) {
  const bool measure_rate = seconds >= kLeastSecondsForRate;
  ArrivalRate rate;
  LevelMeter meter(kSampleRateHz, [&](const LevelLine& line) {
    if (judge->lines() == seconds) return;  // What is only heard for the rate.
    judge->Add(line);
    tell(judge->lines());
  });
  AudioBlock block;
  int64_t samples = 0;
  try {
    while (judge->lines() < seconds || (measure_rate && !rate.Rate().has_value())) {
      source->Read(kLongestRead, &block);
      if (block.lost_samples > 0) meter.AddLost(block.lost_samples);
      if (block.samples.empty()) continue;
      meter.Add(Span<const int16_t>(block.samples));
      const auto count = static_cast<int64_t>(block.samples.size());
      if (measure_rate) rate.Add(count, block.arrival);
      samples += count;
    }
  } catch (const DeviceError&) {
    meter.Finish();
    judge->SetGone(
        fmt::format("gone: it ended after {:.1f} s of {}", SecondsOfSamples(samples), seconds));
    judge->SetHostRate(rate.Rate());
    throw;
  }
  judge->SetHostRate(rate.Rate());
}

}  // namespace earshot::host
