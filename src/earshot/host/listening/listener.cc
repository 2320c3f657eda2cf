// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/listener.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/classification/end_silence.h"
#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

using std::chrono::milliseconds;

// So ticks come at least ten times a second.
constexpr milliseconds kLongestRead(50);
constexpr milliseconds kTickPeriod(50);

// Before the device is tried again: this, then twice as much each time.
constexpr std::chrono::seconds kFirstPause(1);
constexpr std::chrono::seconds kLongestPause(30);

ListenClock::Duration SoundTime(int64_t samples) {
  return std::chrono::duration_cast<ListenClock::Duration>(
      std::chrono::duration<double>(SecondsOfSamples(samples)));
}

double Milliseconds(ListenClock::Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

}  // namespace

Listener::Listener(const ListenOptions& options, ListenParts parts)
    : options_(options), parts_(std::move(parts)), bank_(parts_.models) {
  if (!options_.gate_db) return;
  gate_.emplace(*options_.gate_db);
  totals_.skipped_samples = 0;
}

void Listener::Run() {
  source_ = parts_.open();
  if (source_ == nullptr) return;
  std::exception_ptr error;
  try {
    StartOutputs();
    Loop();
  } catch (...) {
    error = std::current_exception();
  }
  source_ = nullptr;
  try {
    FinishOutputs();
  } catch (...) {
    if (error == nullptr) error = std::current_exception();
  }
  if (error != nullptr) std::rethrow_exception(error);
}

void Listener::StartOutputs() {
  begin_ = tick_ = arrival_ = arrival_before_ = parts_.clock->Now();
  begin_cpu_ = parts_.clock->CpuTime();
  for (ListenOutput* output : parts_.outputs) {
    ++started_outputs_;
    output->Start(source_->description(), parts_.models);
  }
}

// All of them, whatever one of them throws; then throws the first of it.
void Listener::FinishOutputs() {
  UpdateCpuShare();
  std::exception_ptr error;
  for (size_t i = 0; i < started_outputs_; ++i) {
    try {
      parts_.outputs[i]->Finish(totals_);
    } catch (...) {
      if (error == nullptr) error = std::current_exception();
    }
  }
  if (error != nullptr) std::rethrow_exception(error);
}

void Listener::Loop() {
  AudioBlock block;
  AudioSource::State state = AudioSource::State::kOpen;
  while (!Stopped() && state == AudioSource::State::kOpen &&
         totals_.samples < options_.most_samples) {
    try {
      state = source_->Read(kLongestRead, &block);
    } catch (const DeviceError& error) {
      if (!options_.retry) throw;
      if (!Reopen(error.what())) return;
      continue;
    }
    Hear(block);
    TickIfDue();
  }
  if (!Stopped() && options_.hears_end) HearEnd();
}

// No output is told of these zeros, and no gate looks at them: they are no sound.
void Listener::HearEnd() {
  size_t left = 0;
  for (const KeywordModel* model : parts_.models) {
    left = std::max(left, EndSilenceSamples(*model));
  }
  const std::vector<int16_t> zeros(kSliceSamples);
  while (left > 0 && !Stopped()) {
    const size_t count = std::min(left, kSliceSamples);
    left -= count;
    bank_.Hear(Span<const int16_t>(zeros).subspan(0, count),
               [this](size_t model, const KeywordDetector::Result& result) {
                 const int64_t behind = result.time_ms * kSamplesPerMs - heard_samples_;
                 const size_t needed = EndSilenceSamples(*parts_.models[model]);
                 if (behind <= static_cast<int64_t>(needed)) HearAnswer(model, result);
               });
    TickIfDue();
  }
}

// The device is gone. Comes back when it is there again, or (false) when asked to stop.
bool Listener::Reopen(const std::string& why) {
  const TimePoint gone = arrival_;  // Its last sound.
  const auto away_s = [&] {
    return std::chrono::duration<double>(parts_.clock->Now() - gone).count();
  };
  const double away_before_s = totals_.away_s;
  TellNotice(why + "; trying again until it is back");
  source_ = nullptr;  // Takes its time. Whoever still holds a device cannot always open it anew.
  std::string told;
  for (std::chrono::seconds pause = kFirstPause; source_ == nullptr;
       pause = std::min(2 * pause, kLongestPause)) {
    Rest(pause);
    totals_.away_s = away_before_s + away_s();
    if (Stopped()) return false;
    source_ = TryToOpen(&told);
  }
  bank_.Reset();
  if (gate_) gate_->Reset();
  heard_samples_ = 0;
  piece_begin_ = offset_samples_ = totals_.samples;
  ++totals_.reconnections;
  totals_.away_s = away_before_s + away_s();
  TellNotice(fmt::format("back after {:.1f} s: {}", away_s(), source_->description()));
  arrival_ = parts_.clock->Now();
  return true;
}

// Null: not yet. Why not is only told when it is something new.
std::unique_ptr<AudioSource> Listener::TryToOpen(std::string* told) {
  try {
    return parts_.open();
  } catch (const DeviceError& error) {
    if (*told != error.what()) TellNotice(error.what());
    *told = error.what();
    return nullptr;
  }
}

// Waits while outputs still tick.
void Listener::Rest(ListenClock::Duration duration) {
  const TimePoint end = parts_.clock->Now() + duration;
  for (;;) {
    const ListenClock::Duration left = end - parts_.clock->Now();
    if (left <= ListenClock::Duration::zero() || Stopped()) return;
    parts_.clock->Wait(std::min<ListenClock::Duration>(left, kTickPeriod));
    TickIfDue();
  }
}

void Listener::Hear(const AudioBlock& block) {
  if (block.lost_samples > 0) {
    totals_.lost_samples += block.lost_samples;
    ++totals_.losses;
    UpdateCpuShare();
    for (ListenOutput* output : parts_.outputs) output->Lost(block.lost_samples, totals_);
  }
  if (block.samples.empty()) return;
  arrival_before_ = std::exchange(arrival_, block.arrival);
  block_end_ = totals_.samples + static_cast<int64_t>(block.samples.size());
  Span<const int16_t> samples(block.samples);
  const int64_t wanted = options_.most_samples - totals_.samples;
  if (static_cast<int64_t>(samples.size()) > wanted) {
    samples = samples.subspan(0, static_cast<size_t>(wanted));
  }
  // A block may be long where the program was busy before.
  while (!samples.empty() && !Stopped()) {
    const size_t count = std::min(samples.size(), kSliceSamples);
    HearSlice(samples.subspan(0, count));
    samples = samples.subspan(count);
    TickIfDue();
  }
}

void Listener::HearSlice(Span<const int16_t> slice) {
  for (ListenOutput* output : parts_.outputs) output->Samples(slice);
  while (!slice.empty()) {
    EnergyGate::Result gated = {slice.size(), slice};
    if (gate_) {
      gated = gate_->Process(slice);
      *totals_.skipped_samples += static_cast<int64_t>(gated.consumed - gated.passed.size());
    }
    slice = slice.subspan(gated.consumed);
    totals_.samples += static_cast<int64_t>(gated.consumed);
    HearWithAll(gated.passed);
  }
}

// The latest samples of the sound so far; more than a slice where a gate opens.
void Listener::HearWithAll(Span<const int16_t> samples) {
  if (samples.empty()) return;
  heard_samples_ += static_cast<int64_t>(samples.size());
  const int64_t offset = totals_.samples - heard_samples_;
  if (offset != offset_samples_) {
    piece_begin_ = totals_.samples - static_cast<int64_t>(samples.size());
  }
  offset_samples_ = offset;
  while (!samples.empty()) {
    const size_t count = std::min(samples.size(), kSliceSamples);
    bank_.Hear(
        samples.subspan(0, count),
        [this](size_t model, const KeywordDetector::Result& result) { HearAnswer(model, result); });
    samples = samples.subspan(count);
  }
}

void Listener::HearAnswer(size_t model, const KeywordDetector::Result& result) {
  for (ListenOutput* output : parts_.outputs) output->Scores(model, result);
  if (result.detection != nullptr) TellWord(model, *result.detection);
}

void Listener::TellWord(size_t model, const Detection& detection) {
  HeardWord word;
  word.model = model;
  word.detection = detection;
  // What is as long ago as a gap is so because a model looks back further than words reach.
  const int64_t offset_ms = offset_samples_ / kSamplesPerMs;
  const int64_t earliest_ms = piece_begin_ / kSamplesPerMs;
  word.detection.start_ms = std::max(detection.start_ms + offset_ms, earliest_ms);
  word.detection.end_ms = std::max(detection.end_ms + offset_ms, earliest_ms);
  word.detection.time_ms += offset_ms;
  word.detection = WithinSound(word.detection, totals_.samples);
  // Microphones give sound as it comes, so what was decided on came before the end of its block.
  // Pipes may give a whole block at once, but not before they have given the one before.
  const int64_t decided_on =
      std::min(offset_samples_ + detection.time_ms * kSamplesPerMs, totals_.samples);
  const TimePoint came = std::max(arrival_before_, arrival_ - SoundTime(block_end_ - decided_on));
  word.latency_ms = std::max(Milliseconds(parts_.clock->Now() - came), 0.0);
  ++totals_.words;
  for (ListenOutput* output : parts_.outputs) output->Word(word);
}

void Listener::TellNotice(const std::string& text) {
  for (ListenOutput* output : parts_.outputs) output->Notice(text);
}

void Listener::TickIfDue() {
  const TimePoint now = parts_.clock->Now();
  if (now - tick_ < kTickPeriod) return;
  tick_ = now;
  UpdateCpuShare();
  for (ListenOutput* output : parts_.outputs) output->Tick(totals_);
}

void Listener::UpdateCpuShare() {
  const std::chrono::duration<double> wall = parts_.clock->Now() - begin_;
  const std::chrono::duration<double> used = parts_.clock->CpuTime() - begin_cpu_;
  totals_.cpu_share = wall.count() > 0 ? used / wall : 0;
}

}  // namespace earshot::host
