// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/microphone_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/audio_file.h"

namespace earshot::host {
namespace {

bool RateIsOff(double hz) { return std::abs(hz - kSampleRateHz) > kMostRateError * kSampleRateHz; }

void JudgeSignal(MicrophoneReport* report, bool constant) {
  const auto add = [report](const char* id, std::string text, const char* advice) {
    report->problems.push_back({id, std::move(text), advice});
  };
  if (constant) {
    add("dead", fmt::format("dead: every sample is about {}, nothing moves", report->dc),
        "Check that the microphone has power and its clock, that the data pin is the right one, "
        "and, "
        "for I2S, that the channel that is read is the one that its L/R pin selects.");
    return;  // All that follows would be about a signal.
  }
  if (report->loudest_rms < kQuietRms) {
    add("too_quiet",
        fmt::format("too quiet: the loudest second has an rms of {}, wanted at least {}",
                    report->loudest_rms, kQuietRms),
        "Speak while it listens. If you did, raise the gain, or take higher bits of the "
        "microphone's words.");
  }
  if (std::abs(report->dc) > kMostDc) {
    add("dc_offset",
        fmt::format("DC offset: found {}, wanted at most {} either way", report->dc, kMostDc),
        "Put a high-pass filter behind the microphone; with an analogue one, set the ADC's middle "
        "to "
        "its bias.");
  }
  if (report->worst_clipped > kMostClipped) {
    add("clipping",
        fmt::format(
            "clipping: {:.2f} % of the samples of the worst second, wanted at most {:.1f} %",
            100 * report->worst_clipped, 100 * kMostClipped),
        "Lower the gain, or take lower bits of the microphone's words; or speak from further "
        "away.");
  }
}

void JudgeRate(const std::optional<double>& hz, const char* by, MicrophoneReport* report) {
  if (!hz || !RateIsOff(*hz)) return;
  report->problems.push_back(
      {"sample_rate",
       fmt::format("sample rate: found {:.0f} Hz by {}, wanted {} Hz within {:.0f} %", *hz, by,
                   kSampleRateHz, 100 * kMostRateError),
       "Check the clock tree and the dividers in front of the microphone; of a recording, set the "
       "rate."});
}

void JudgeRates(MicrophoneReport* report) {
  JudgeRate(report->stated_rate_hz, "the file's header", report);
  if (report->dropped > 0) return;  // What is missing is missing in the rate, too.
  if (report->board_rate) JudgeRate(report->board_rate->hz, "the board's clock", report);
  if (report->host_rate && report->host_rate->seconds >= kShortestHostSeconds) {
    JudgeRate(report->host_rate->hz, "this computer's clock", report);
  }
}

void JudgeDelivery(MicrophoneReport* report) {
  if (report->dropped > 0) {
    report->problems.push_back(
        {"dropped", fmt::format("dropped: {} blocks of samples were lost", report->dropped),
         "The program does not come for them in time: give it more or larger buffers, or something "
         "less to do between them."});
  }
  if (report->restarts > 0) {
    report->problems.push_back(
        {"restarted",
         fmt::format("restarted: the board's clock went back {} times", report->restarts),
         "The board starts anew: look for a watchdog, a fault, or a supply that breaks down."});
  }
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
  if (!lines_.front().arrival_s || !lines_.back().arrival_s) return {};
  const double seconds = *lines_.back().arrival_s - *lines_.front().arrival_s;
  if (seconds <= 0) return {};
  int64_t samples = 0;
  for (size_t i = 1; i < lines_.size(); ++i) samples += lines_[i].line.samples;
  return MeasuredRate{static_cast<double>(samples) / seconds, seconds};
}

MicrophoneReport MicrophoneJudge::Report() const {
  MicrophoneReport report;
  report.lines = lines_.size();
  report.floor_rms = INT32_MAX;
  double dc_sum = 0;
  int32_t lowest_dc = INT32_MAX;
  int32_t highest_dc = INT32_MIN;
  for (size_t i = 0; i < lines_.size(); ++i) {
    const LevelLine& line = lines_[i].line;
    report.dropped += line.dropped;
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
  JudgeDelivery(&report);
  JudgeRates(&report);
  return report;
}

}  // namespace earshot::host
