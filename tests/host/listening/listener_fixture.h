// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A Listener with a source, a clock and an output whose every move a test decides and sees.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "earshot/host/errors.h"
#include "earshot/host/listening/listener.h"
#include "tests/host/listening/listening_fakes.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {

// Four words in noise, 10 s.
inline std::string RecordingPath() {
  return test::SourcePath("audio_samples/streams/pink_20db.wav");
}
inline std::vector<int16_t> Recording() { return ReadFile(RecordingPath()); }

// What a source does when it is read once.
struct Step {
  std::vector<int16_t> samples;
  int64_t lost = 0;
  std::string error;                      // Not empty: a DeviceError ...
  std::chrono::seconds noticed_after{0};  // ... which comes so much later.
  bool is_last = false;
};

inline Step Sound(std::vector<int16_t> samples) {
  Step step;
  step.samples = std::move(samples);
  return step;
}

inline Step Gone(const std::string& error) {
  Step step;
  step.error = error;
  return step;
}

// `samples` in blocks of `size`, the last one being the end if `ends`.
inline std::deque<Step> Blocks(const std::vector<int16_t>& samples, size_t size, bool ends = true) {
  std::deque<Step> steps;
  for (size_t begin = 0; begin < samples.size(); begin += size) {
    const auto first = samples.begin() + static_cast<ptrdiff_t>(begin);
    const auto count = static_cast<ptrdiff_t>(std::min(size, samples.size() - begin));
    steps.push_back(Sound(std::vector<int16_t>(first, first + count)));
  }
  steps.back().is_last = ends;
  return steps;
}

// Sound at the rate at which it would come from a microphone.
class FakeSource : public AudioSource {
 public:
  FakeSource(std::deque<Step> steps, FakeClock* clock) : steps_(std::move(steps)), clock_(clock) {}

  const std::string& description() const override { return description_; }

  State Read(std::chrono::milliseconds longest, AudioBlock* block) override {
    *block = AudioBlock();
    if (steps_.empty()) {
      clock_->Wait(longest);
      return State::kOpen;
    }
    const Step step = steps_.front();
    steps_.pop_front();
    clock_->Wait(step.noticed_after);
    if (!step.error.empty()) throw DeviceError(step.error);
    clock_->Wait(std::chrono::microseconds(step.samples.size() * 1000000 / 16000));
    block->samples = step.samples;
    block->lost_samples = step.lost;
    block->arrival = clock_->Now();
    return step.is_last ? State::kEnd : State::kOpen;
  }

 private:
  const std::string description_ = "fake";
  std::deque<Step> steps_;
  FakeClock* clock_;
};

class ListenerTest : public testing::Test {
 protected:
  ListenerTest() {
    parts_.models = {&model_};
    parts_.outputs = {&log_};
    parts_.stop = &stop_;
    parts_.clock = &clock_;
    parts_.open = [this]() -> std::unique_ptr<AudioSource> {
      ++opened_;
      opened_at_.push_back(clock_.now);
      if (sources_.empty()) throw DeviceError("not there");
      if (sources_.front().empty()) {
        sources_.pop_front();
        throw DeviceError("not there");
      }
      auto source = std::make_unique<FakeSource>(sources_.front(), &clock_);
      sources_.pop_front();
      return source;
    };
  }

  void Run(const ListenOptions& options = {}) { Listener(options, parts_).Run(); }

  // The seconds between two times of opening.
  std::vector<double> Pauses() const {
    std::vector<double> pauses;
    for (size_t i = 1; i < opened_at_.size(); ++i) {
      pauses.push_back(std::chrono::duration<double>(opened_at_[i] - opened_at_[i - 1]).count());
    }
    return pauses;
  }

  const KeywordModel model_{ModelChoice()};
  FakeClock clock_;
  OutputLog log_;
  std::atomic<bool> stop_{false};
  std::deque<std::deque<Step>> sources_;  // Opened one after the other; empty: cannot be.
  ListenParts parts_;
  int opened_ = 0;
  std::vector<FakeClock::TimePoint> opened_at_;
};

}  // namespace earshot::host
