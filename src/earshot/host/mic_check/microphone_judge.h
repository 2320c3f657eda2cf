// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicrophoneJudge: whether what a microphone delivers is good enough to hear words in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host/audio/level_meter.h"
#include "earshot/host/listening/microphone.h"

namespace earshot::host {

// Limits of the verdict. Measured with the shipped model on 266 of Speech Commands' validation
// clips of "yes" and "no", of which it knows 95.5 % at an rms of 1000.
//
// At an rms of 30 it still knows 95.9 %, at 20 93.6 %, at 10 91.4 %, at 5 75.6 %.
constexpr int32_t kQuietRms = 50;
// With an offset of 4000 nothing is lost; of 8000, 0.4 % at an rms of 1000 and 2.6 % at 200.
constexpr int32_t kMostDc = 2000;
// With 0.03 % of all samples clipped it knows 94.7 %, with 0.33 % 93.6 %, with 1.1 % 90.6 %.
constexpr double kMostClipped = 0.003;
// 2 % off costs less than half a percent; but no crystal is 1 % off: some divider is wrong.
constexpr double kMostRateError = 0.01;

// A line takes a while, and not always the same, from the board to here: a shorter time says
// nothing about a rate.
constexpr double kShortestHostSeconds = 5;

struct MicrophoneProblem {
  std::string id;      // For programs: "dead", "too_quiet", "dc_offset", "clipping", "sample_rate",
                       // "dropped", "restarted", "gone".
  std::string text;    // What was found and what was wanted.
  std::string advice;  // What to do.
};

struct MeasuredRate {
  double hz = 0;
  double seconds = 0;  // The time over which it was measured.
};

struct MicrophoneReport {
  std::optional<MicrophoneInfo> device;  // A microphone of this computer; empty: another source.
  size_t lines = 0;
  int64_t samples = 0;
  int32_t loudest_rms = 0;  // Of the loudest second ...
  int32_t floor_rms = 0;    // ... and of the quietest.
  int32_t peak = 0;
  int32_t dc = 0;  // Mean over all samples.
  int64_t clipped = 0;
  double worst_clipped = 0;  // The share of clipped samples in the worst second.
  int64_t dropped = 0;
  int64_t lost_samples = 0;
  int64_t restarts = 0;                    // How often the board's clock went back.
  std::optional<double> stated_rate_hz;    // As a file's header says.
  std::optional<MeasuredRate> board_rate;  // By the clock of time_ms.
  std::optional<MeasuredRate> host_rate;   // By this computer's clock; empty: not for long enough.
  bool nothing_said = false;               // The loudest second is hardly louder than the quietest.
  std::vector<MicrophoneProblem> problems;

  bool ok() const { return problems.empty(); }
};

class MicrophoneJudge {
 public:
  // For samples from a file with a header.
  void SetStatedRate(double hz) { stated_rate_hz_ = hz; }
  // For a microphone of this computer.
  void SetDevice(const MicrophoneInfo& info) { device_ = info; }
  // For whoever has measured that; Add() then needs no arrival.
  void SetHostRate(std::optional<MeasuredRate> rate) { host_rate_ = rate; }
  // The source came to an end that was not wanted; `what`: how that is told.
  void SetGone(const std::string& what) { gone_ = what; }

  // `arrival_s`: when the line came, by this computer's clock, from any beginning; empty: that
  // means nothing, as for a recorded one.
  void Add(const LevelLine& line, std::optional<double> arrival_s = {});

  size_t lines() const { return lines_.size(); }

  // Precondition: there is at least one line, and all lines together have samples.
  MicrophoneReport Report() const;

 private:
  struct Arrived {
    LevelLine line;
    std::optional<double> arrival_s;
  };

  std::optional<MeasuredRate> BoardRate() const;
  std::optional<MeasuredRate> HostRate() const;

  std::vector<Arrived> lines_;
  std::optional<double> stated_rate_hz_;
  std::optional<MicrophoneInfo> device_;
  std::optional<MeasuredRate> host_rate_;
  std::string gone_;  // Empty: it is not.
};

}  // namespace earshot::host
