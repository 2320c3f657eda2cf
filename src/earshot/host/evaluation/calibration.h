// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Finds the recognizer's setting for a model: the most words at a bearable number of false accepts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

struct CalibrationGoal {
  double max_false_accepts_per_hour = 1;  // In streams and negatives together.
  // Of the words that are found, the median after their ends; none: any will do.
  std::optional<double> max_delay_ms = std::nullopt;
};

// A setting and what it achieves on what was heard. It was chosen on the same recordings, so it
// will do a little worse on others.
struct CalibratedSetting {
  RecognizerConfig recognizer;
  Estimate found;                   // Hits among keyword events.
  Estimate false_accepts_per_hour;  // In streams and negatives together.
  double median_delay_ms = kNotMeasured;
  bool meets_goal = false;
};

// Searches average window, threshold, release threshold and suppression on a coarse grid, then ever
// finer around the best; each setting is replayed with the real recognizer, by `jobs` threads.
// Everything else stays as in `start`. (minimum_count only matters in the first moments after a
// start; it is lowered where a window holds fewer results.)
//
// Returns the best `count` settings, the best first: those that meet the goal before those that do
// not; of those that do, by most words found, shortest median delay (in whole milliseconds), fewest
// false accepts; of the others, those that are quick enough first, by fewest false accepts, most
// words found, shortest delay. Of settings that achieve the same only the first tried is among
// them. `negatives` may be null. Throws UsageError: no keyword is said in the streams.
std::vector<CalibratedSetting> Calibrate(const RecognizerConfig& start,
                                         const StreamFigures& streams,
                                         const StreamFigures* negatives,
                                         const CalibrationGoal& goal, size_t jobs, size_t count);

// The settings as a table for people.
std::string CalibrationText(const std::vector<CalibratedSetting>& settings,
                            const CalibrationGoal& goal);

// The manifest with this recognizer: earshot.recognizer's numbers and, to match, micro's
// probability_cutoff and sliding_window_size are replaced, everything else stays. `period_ms`: the
// time between two inferences. `strides_per_inference`: written where it is not the manifest's own.
// Throws ManifestError: `manifest` (which errors name `origin`) is none.
std::string WithRecognizer(const std::string& manifest, const std::string& origin,
                           const RecognizerConfig& recognizer, int32_t period_ms,
                           std::optional<int32_t> strides_per_inference = {});

}  // namespace earshot::host
