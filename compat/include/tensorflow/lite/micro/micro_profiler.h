// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroProfiler: how long each operator takes, by the clock of micro_time.h.
#pragma once

#include <cinttypes>
#include <cstdint>
#include <cstring>

#include "tensorflow/lite/micro/compatibility.h"
#include "tensorflow/lite/micro/micro_log.h"
#include "tensorflow/lite/micro/micro_profiler_interface.h"
#include "tensorflow/lite/micro/micro_time.h"

namespace tflite {

// Keeps so many events; later ones are not kept, and Log() says how many there were.
class MicroProfiler : public MicroProfilerInterface {
 public:
  static constexpr int kMaxEvents = 4096;

  uint32_t BeginEvent(const char* tag) override {
    if (count_ == kMaxEvents) {
      ++lost_;
      return kMaxEvents;
    }
    const uint32_t now = GetCurrentTimeTicks();
    events_[count_] = {tag, now, now};
    return static_cast<uint32_t>(count_++);
  }

  void EndEvent(uint32_t event) override {
    if (event < static_cast<uint32_t>(count_)) events_[event].end = GetCurrentTimeTicks();
  }

  void ClearEvents() {
    count_ = 0;
    lost_ = 0;
  }

  uint32_t GetTotalTicks() const {
    uint32_t total = 0;
    for (int i = 0; i < count_; ++i) total += Ticks(i);
    return total;
  }

  // A line for each event ...
  void Log() const {
    for (int i = 0; i < count_; ++i) {
      MicroPrintf("%s took %" PRIu32 " ticks (%" PRIu32 " us)", events_[i].tag, Ticks(i),
                  TicksToUs(Ticks(i)));
    }
    LogLost();
  }

  // ... the same as CSV ...
  void LogCsv() const {
    MicroPrintf("\"Event\",\"Tag\",\"Us\",\"Ticks\"");
    for (int i = 0; i < count_; ++i) {
      MicroPrintf("%d,%s,%" PRIu32 ",%" PRIu32, i, events_[i].tag, TicksToUs(Ticks(i)), Ticks(i));
    }
    LogLost();
  }

  // ... and, as CSV, the ticks of all operators of one name together.
  void LogTicksPerTagCsv() const {
    MicroPrintf("\"Unique Tag\",\"Total ticks across all events with that tag.\"");
    for (int i = 0; i < count_; ++i) {
      if (FirstOf(i) != i) continue;
      uint32_t ticks = 0;
      for (int other = i; other < count_; ++other) {
        if (FirstOf(other) == i) ticks += Ticks(other);
      }
      MicroPrintf("%s,%" PRIu32, events_[i].tag, ticks);
    }
    MicroPrintf("total number of ticks,%" PRIu32, GetTotalTicks());
    LogLost();
  }

 private:
  struct Event {
    const char* tag;
    uint32_t begin;
    uint32_t end;
  };

  uint32_t Ticks(int i) const { return events_[i].end - events_[i].begin; }

  // The first event of the same name.
  int FirstOf(int i) const {
    int first = 0;
    while (std::strcmp(events_[first].tag, events_[i].tag) != 0) ++first;
    return first;
  }

  void LogLost() const {
    if (lost_ != 0) MicroPrintf("%" PRIu32 " more events: there is room for %d", lost_, kMaxEvents);
  }

  Event events_[kMaxEvents];
  int count_ = 0;
  uint32_t lost_ = 0;

  TF_LITE_REMOVE_VIRTUAL_DELETE
};

// An event from here to the end of the block. `profiler` may be null.
class ScopedMicroProfiler {
 public:
  explicit ScopedMicroProfiler(const char* tag, MicroProfilerInterface* profiler)
      : profiler_(profiler), event_(profiler == nullptr ? 0 : profiler->BeginEvent(tag)) {}
  ~ScopedMicroProfiler() {
    if (profiler_ != nullptr) profiler_->EndEvent(event_);
  }
  ScopedMicroProfiler(const ScopedMicroProfiler&) = delete;
  ScopedMicroProfiler& operator=(const ScopedMicroProfiler&) = delete;

 private:
  MicroProfilerInterface* profiler_;
  uint32_t event_;
};

}  // namespace tflite
