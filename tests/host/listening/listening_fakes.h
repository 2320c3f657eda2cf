// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a listener works with, without sound, time or a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/host/listening/listen_clock.h"
#include "earshot/host/listening/listen_output.h"

namespace earshot::host {

// Time that passes only while somebody waits.
class FakeClock : public ListenClock {
 public:
  TimePoint Now() override { return now; }
  void Wait(Duration duration) override { now += duration; }
  std::chrono::duration<double> CpuTime() override { return cpu; }

  TimePoint now = TimePoint(std::chrono::hours(1));
  std::chrono::duration<double> cpu{0};
};

// Writes down what it is told.
class OutputLog : public ListenOutput {
 public:
  void Start(const std::string& source, const std::vector<const KeywordModel*>&) override {
    events.push_back("start " + source);
  }
  void Notice(const std::string& text) override { events.push_back("notice " + text); }
  void Lost(int64_t count, const ListenTotals& totals) override {
    events.push_back("lost " + std::to_string(count) + " at " + std::to_string(totals.samples));
  }
  void Samples(Span<const int16_t> some) override {
    samples.insert(samples.end(), some.begin(), some.end());
  }
  void Scores(size_t model, const KeywordDetector::Result&) override {
    if (scores.size() <= model) scores.resize(model + 1);
    ++scores[model];
  }
  void Word(const HeardWord& word) override {
    words.push_back(word);
    events.push_back("word");
  }
  void Tick(const ListenTotals& totals) override {
    ++ticks;
    latest = totals;
  }
  void Finish(const ListenTotals& totals) override {
    latest = totals;
    events.push_back("finish");
  }

  std::vector<std::string> events;  // All but samples, scores and ticks.
  std::vector<int16_t> samples;
  std::vector<HeardWord> words;
  std::vector<int> scores;  // How often each model has answered.
  int ticks = 0;
  ListenTotals latest;
};

}  // namespace earshot::host
