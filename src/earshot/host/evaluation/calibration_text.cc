// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <cmath>

#include "earshot/app/units.h"
#include "earshot/host/evaluation/calibration.h"

namespace earshot::host {
namespace {

constexpr char kTableHeader[] =
    "   window  threshold  release  suppression  count  found, 95 %        false accepts/h, 95 %  "
    "delay\n";

std::string WithInterval(const Estimate& estimate) {
  return fmt::format("{:.2f} ({:.2f}-{:.2f})", estimate.value, estimate.low, estimate.high);
}

std::string SettingText(const CalibratedSetting& setting) {
  const RecognizerConfig& config = setting.recognizer;
  const std::string delay =
      std::isnan(setting.median_delay_ms) ? "-" : fmt::format("{:.0f} ms", setting.median_delay_ms);
  return fmt::format("  {:>7}  {:>9.3f}  {:>7.3f}  {:>11}  {:>5}  {:<17}  {:<23}  {}\n",
                     fmt::format("{} ms", config.average_window_ms), ScoreOf(config.threshold),
                     ScoreOf(config.release_threshold), fmt::format("{} ms", config.suppression_ms),
                     config.minimum_count, WithInterval(setting.found),
                     WithInterval(setting.false_accepts_per_hour), delay);
}

}  // namespace

std::string CalibrationText(const std::vector<CalibratedSetting>& settings,
                            const CalibrationGoal& goal) {
  const bool is_met = !settings.empty() && settings[0].meets_goal;
  std::string wanted =
      fmt::format("at most {} false accepts per hour", goal.max_false_accepts_per_hour);
  if (goal.max_delay_ms) {
    wanted += fmt::format(" and a median delay of at most {} ms", *goal.max_delay_ms);
  }
  std::string text = is_met ? fmt::format("settings with {}, the best first:\n", wanted)
                            : fmt::format("no setting has {}; the nearest:\n", wanted);
  text += kTableHeader;
  for (const CalibratedSetting& setting : settings) {
    if (setting.meets_goal == is_met) text += SettingText(setting);
  }
  return text;
}

}  // namespace earshot::host
