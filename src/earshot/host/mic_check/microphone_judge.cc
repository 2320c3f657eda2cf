// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/microphone_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/mic_check/microphone_advice.h"

namespace earshot::host {
namespace {

bool RateIsOff(double hz) { return std::abs(hz - kSampleRateHz) > kMostRateError * kSampleRateHz; }

void AddProblem(const char* id, std::string text, MicrophoneReport* report) {
  report->problems.push_back(
      {id, std::move(text), std::string(MicrophoneAdvice(id, report->device.has_value()))});
}

void JudgeSignal(MicrophoneReport* report, bool constant) {
  if (constant) {
    AddProblem("dead", fmt::format("dead: every sample is about {}, nothing moves", report->dc),
               report);
    return;  // All that follows would be about a signal.
  }
  if (report->loudest_rms < kQuietRms) {
    AddProblem("too_quiet",
               fmt::format("too quiet: the loudest second has an rms of {}, wanted at least {}",
                           report->loudest_rms, kQuietRms),
               report);
  }
  if (std::abs(report->dc) > kMostDc) {
    AddProblem(
        "dc_offset",
        fmt::format("DC offset: found {}, wanted at most {} either way", report->dc, kMostDc),
        report);
  }
  if (report->worst_clipped > kMostClipped) {
    AddProblem("clipping",
               fmt::format(
                   "clipping: {:.2f} % of the samples of the worst second, wanted at most {:.1f} %",
                   100 * report->worst_clipped, 100 * kMostClipped),
               report);
  }
}

void JudgeRate(const std::optional<double>& hz, const char* by, MicrophoneReport* report) {
  if (!hz || !RateIsOff(*hz)) return;
  AddProblem("sample_rate",
             fmt::format("sample rate: found {:.0f} Hz by {}, wanted {} Hz within {:.0f} %", *hz,
                         by, kSampleRateHz, 100 * kMostRateError),
             report);
}

// What was lost is missing in the rate, too: that makes it lower, never higher.
void JudgeMeasuredRate(const std::optional<MeasuredRate>& rate, const char* by,
                       MicrophoneReport* report) {
  if (!rate || (report->dropped > 0 && rate->hz < kSampleRateHz)) return;
  JudgeRate(rate->hz, by, report);
}

void JudgeRates(MicrophoneReport* report) {
  JudgeRate(report->stated_rate_hz, "the file's header", report);
  JudgeMeasuredRate(report->board_rate, "the board's clock", report);
  JudgeMeasuredRate(report->host_rate, "this computer's clock", report);
}

void JudgeDelivery(const std::string& gone, MicrophoneReport* report) {
  if (report->dropped > 0) {
    AddProblem("dropped",
               report->device
                   ? fmt::format("dropped: {} samples were lost, in {} gaps", report->lost_samples,
                                 report->dropped)
                   : fmt::format("dropped: {} blocks of samples were lost", report->dropped),
               report);
  }
  if (report->restarts > 0) {
    AddProblem("restarted",
               fmt::format("restarted: the board's clock went back {} times", report->restarts),
               report);
  }
  if (!gone.empty()) AddProblem("gone", gone, report);
}

}  // namespace

void MicrophoneJudge::Add(const LevelLine& line, std::optional<double> arrival_s) {
  lines_.push_back({line, arrival_s});
}

// Each line's samples came between the line before and itself. Where the clock went back, the board
// has started anew, and that time is lost.
std::optional<MeasuredRate> MicrophoneJudge::BoardRate() const {
  int64_t samples = 0;
  int64_t ms = 0;
  for (size_t i = 1; i < lines_.size(); ++i) {
    const LevelLine& line = lines_[i].line;
    const LevelLine& before = lines_[i - 1].line;
    if (!line.time_ms || !before.time_ms || *line.time_ms <= *before.time_ms) continue;
    samples += line.samples;
    ms += *line.time_ms - *before.time_ms;
  }
  if (ms == 0) return {};
  return MeasuredRate{static_cast<double>(samples) * 1000 / static_cast<double>(ms),
                      static_cast<double>(ms) / 1000};
}

std::optional<MeasuredRate> MicrophoneJudge::HostRate() const {
  if (host_rate_) return host_rate_;
  if (!lines_.front().arrival_s || !lines_.back().arrival_s) return {};
  const double seconds = *lines_.back().arrival_s - *lines_.front().arrival_s;
  if (seconds < kShortestHostSeconds) return {};
  int64_t samples = 0;
  for (size_t i = 1; i < lines_.size(); ++i) samples += lines_[i].line.samples;
  return MeasuredRate{static_cast<double>(samples) / seconds, seconds};
}

MicrophoneReport MicrophoneJudge::Report() const {
  MicrophoneReport report;
  report.device = device_;
  report.lines = lines_.size();
  report.floor_rms = INT32_MAX;
  double dc_sum = 0;
  int32_t lowest_dc = INT32_MAX;
  int32_t highest_dc = INT32_MIN;
  for (size_t i = 0; i < lines_.size(); ++i) {
    const LevelLine& line = lines_[i].line;
    report.dropped += line.dropped;
    report.lost_samples += line.lost_samples;
    if (i > 0 && line.time_ms && lines_[i - 1].line.time_ms &&
        *line.time_ms <= *lines_[i - 1].line.time_ms) {
      ++report.restarts;
    }
    if (line.samples == 0) continue;
    report.samples += line.samples;
    report.loudest_rms = std::max(report.loudest_rms, line.rms);
    report.floor_rms = std::min(report.floor_rms, line.rms);
    report.peak = std::max(report.peak, line.peak);
    report.clipped += line.clipped;
    report.worst_clipped = std::max(report.worst_clipped, static_cast<double>(line.clipped) /
                                                              static_cast<double>(line.samples));
    dc_sum += static_cast<double>(line.dc) * static_cast<double>(line.samples);
    lowest_dc = std::min(lowest_dc, line.dc);
    highest_dc = std::max(highest_dc, line.dc);
  }
  report.dc = static_cast<int32_t>(std::lround(dc_sum / static_cast<double>(report.samples)));
  report.stated_rate_hz = stated_rate_hz_;
  report.board_rate = BoardRate();
  report.host_rate = HostRate();

  const bool constant = report.loudest_rms == 0 && highest_dc - lowest_dc <= 1;
  report.nothing_said = lines_.size() > 1 && !constant && report.loudest_rms < 2 * report.floor_rms;
  JudgeSignal(&report, constant);
  JudgeDelivery(gone_, &report);
  JudgeRates(&report);
  return report;
}

}  // namespace earshot::host
