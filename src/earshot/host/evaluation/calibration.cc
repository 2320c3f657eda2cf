// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/calibration.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "earshot/app/spotter_settings.h"
#include "earshot/app/units.h"
#include "earshot/host/classification/ordered_batch.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/intervals.h"
#include "earshot/host/evaluation/stream_figures.h"
#include "earshot/models/label_names.h"
#include "earshot/models/manifest.h"

namespace earshot::host {
namespace {

constexpr int kLowestThreshold = 8;  // Q0.8; the search stays within these.
constexpr int kHighestThreshold = 252;

// The coarse grid.
constexpr int kWindowsMs[] = {0, 200, 400, 500, 600, 800, 1000, 1500};
constexpr int kThresholdStep = 16;
constexpr double kReleaseShares[] = {0.5, 0.75, 0.9};  // Of the threshold.
constexpr int kSuppressionsMs[] = {500, 1000, 1500};
// How many of the best are looked at more closely, and how closely.
constexpr size_t kSeeds = 12;
constexpr int kWindowOffsetsMs[] = {-100, -50, 0, 50, 100};
constexpr int kThresholdOffsets[] = {-8, -4, 0, 4, 8};
constexpr int kFineThresholdOffsets[] = {-3, -2, -1, 1, 2, 3};

// A setting that was tried.
struct Trial {
  RecognizerConfig recognizer;
  size_t hits = 0;
  size_t false_accepts = 0;
  double delay_ms = 0;
  bool is_quick = false;  // As the goal says.
  bool meets_goal = false;
};

bool IsBetter(const Trial& a, const Trial& b) {
  if (a.meets_goal != b.meets_goal) return a.meets_goal;
  if (a.is_quick != b.is_quick) return a.is_quick;
  const auto rank = [](const Trial& trial) {
    const double misses = -static_cast<double>(trial.hits);
    const auto accepts = static_cast<double>(trial.false_accepts);
    return trial.meets_goal ? std::make_tuple(misses, trial.delay_ms, accepts)
                            : std::make_tuple(accepts, misses, trial.delay_ms);
  };
  return rank(a) < rank(b);
}

class Search {
 public:
  Search(const StreamFigures& streams, const StreamFigures* negatives, const CalibrationGoal& goal,
         size_t jobs)
      : streams_(streams),
        negatives_(negatives),
        hours_(streams.hours + (negatives == nullptr ? 0 : negatives->hours)),
        goal_(goal),
        jobs_(jobs) {}

  double hours() const { return hours_; }
  const std::vector<Trial>& trials() const { return trials_; }  // The best first, once Try() ran.

  // Keeps a setting for Try(), unless it is none or was tried.
  void Add(RecognizerConfig recognizer) {
    if (streams_.recordings.empty()) return;
    const KeptScores& kept = streams_.recordings[0].kept;
    const auto period_ms = static_cast<int32_t>(kept.period_ms);
    const int32_t capacity = recognizer.average_window_ms / period_ms + 1;
    recognizer.minimum_count = std::min(recognizer.minimum_count, capacity);
    const auto labels = static_cast<int>(kept.label_count);
    if (CommandRecognizer::RequiredBytes(recognizer, labels, period_ms) == 0) return;
    const Key key = {recognizer.average_window_ms, recognizer.threshold,
                     recognizer.release_threshold, recognizer.suppression_ms};
    if (known_.insert(key).second) pending_.push_back(recognizer);
  }

  void Try() {
    const auto measure = [this](size_t, size_t i) { return Measure(pending_[i]); };
    const auto keep = [this](size_t, const Trial& trial) { trials_.push_back(trial); };
    RunOrdered<Trial>(pending_.size(), jobs_, measure, keep);
    pending_.clear();
    std::stable_sort(trials_.begin(), trials_.end(), IsBetter);
  }

  std::vector<RecognizerConfig> Best() const {
    std::vector<RecognizerConfig> best;
    for (size_t i = 0; i < std::min(kSeeds, trials_.size()); ++i) {
      best.push_back(trials_[i].recognizer);
    }
    return best;
  }

 private:
  // Window, threshold, release threshold, suppression.
  using Key = std::tuple<int32_t, uint8_t, uint8_t, int32_t>;

  Trial Measure(const RecognizerConfig& recognizer) const {
    Trial trial;
    trial.recognizer = recognizer;
    const Matches matches = MatchAnnouncements(streams_.events, Replay(streams_, recognizer));
    std::vector<double> delays_ms;
    for (const StreamEvent& event : matches.events) {
      if (event.outcome != Outcome::kHit) continue;
      delays_ms.push_back(std::round(event.delay * kMsPerSecond));  // So that equal ones are equal.
    }
    trial.hits = delays_ms.size();
    trial.delay_ms = delays_ms.empty() ? 0 : Median(delays_ms).value;
    trial.false_accepts = matches.false_accepts.size();
    if (negatives_ != nullptr) trial.false_accepts += Replay(*negatives_, recognizer).size();
    trial.is_quick =
        !goal_.max_delay_ms || (trial.hits > 0 && trial.delay_ms <= *goal_.max_delay_ms);
    trial.meets_goal = trial.is_quick && static_cast<double>(trial.false_accepts) <=
                                             goal_.max_false_accepts_per_hour * hours_;
    return trial;
  }

  const StreamFigures& streams_;
  const StreamFigures* negatives_;
  double hours_;
  CalibrationGoal goal_;
  size_t jobs_;
  std::set<Key> known_;
  std::vector<RecognizerConfig> pending_;
  std::vector<Trial> trials_;
};

RecognizerConfig WithWindow(RecognizerConfig recognizer, int window_ms) {
  recognizer.average_window_ms = std::max(window_ms, 0);
  return recognizer;
}

RecognizerConfig WithNearThreshold(const RecognizerConfig& recognizer, int threshold) {
  threshold = std::clamp(threshold, kLowestThreshold, kHighestThreshold);
  return WithThreshold(recognizer, static_cast<uint8_t>(threshold));
}

RecognizerConfig WithRelease(RecognizerConfig recognizer, double share) {
  const long release = std::lround(share * recognizer.threshold);
  recognizer.release_threshold = static_cast<uint8_t>(std::max(release, 1L));
  return recognizer;
}

void TryWindowsAndThresholds(const RecognizerConfig& start, Search* search) {
  search->Add(start);
  std::vector<int> windows_ms(std::begin(kWindowsMs), std::end(kWindowsMs));
  windows_ms.push_back(start.average_window_ms);
  for (const int window_ms : windows_ms) {
    for (int threshold = kThresholdStep; threshold < 256; threshold += kThresholdStep) {
      search->Add(WithNearThreshold(WithWindow(start, window_ms), threshold));
    }
  }
  search->Try();
}

void TryReleaseAndSuppression(const RecognizerConfig& start, Search* search) {
  std::vector<int32_t> suppressions_ms(std::begin(kSuppressionsMs), std::end(kSuppressionsMs));
  suppressions_ms.push_back(start.suppression_ms);
  for (const RecognizerConfig& seed : search->Best()) {
    for (const int32_t suppression_ms : suppressions_ms) {
      RecognizerConfig recognizer = seed;
      recognizer.suppression_ms = suppression_ms;
      search->Add(recognizer);
      for (const double share : kReleaseShares) search->Add(WithRelease(recognizer, share));
    }
  }
  search->Try();
}

void TryCloser(Search* search) {
  for (const RecognizerConfig& seed : search->Best()) {
    for (const int window_ms : kWindowOffsetsMs) {
      const RecognizerConfig moved = WithWindow(seed, seed.average_window_ms + window_ms);
      for (const int offset : kThresholdOffsets) {
        search->Add(WithNearThreshold(moved, seed.threshold + offset));
      }
    }
  }
  search->Try();
  for (const RecognizerConfig& seed : search->Best()) {
    for (const int offset : kFineThresholdOffsets) {
      search->Add(WithNearThreshold(seed, seed.threshold + offset));
    }
  }
  search->Try();
}

// A Q0.8 number as few digits that are read as the same number.
double AsProbability(int64_t q8) { return std::round(static_cast<double>(q8) / 256 * 1000) / 1000; }

bool IsScore(SettingUnit unit) { return unit == SettingUnit::kScore; }

// All settings but the labels, which have names; those that a manifest does not have yet follow the
// others, scores at the end.
void SetNumbers(const RecognizerConfig& recognizer, nlohmann::ordered_json* numbers) {
  const auto set = [numbers](const char* name, int64_t value, SettingUnit unit) {
    if (IsScore(unit)) {
      (*numbers)[name] = AsProbability(value);
    } else if (unit != SettingUnit::kLabels) {
      (*numbers)[name] = value;
    }
  };
  for (const bool scores : {false, true}) {
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  if (IsScore(SettingUnit::unit) == scores) set(#name, recognizer.name, SettingUnit::unit);
#include "earshot/app/spotter_settings.inc"
  }
}

}  // namespace

std::vector<CalibratedSetting> Calibrate(const RecognizerConfig& start,
                                         const StreamFigures& streams,
                                         const StreamFigures* negatives,
                                         const CalibrationGoal& goal, size_t jobs, size_t count) {
  size_t said = 0;
  for (const StreamEvent& event : streams.events) said += event.target >= 0 ? 1 : 0;
  if (said == 0) throw UsageError("calibrating wants streams in which the model's words are said");
  Search search(streams, negatives, goal, jobs);
  TryWindowsAndThresholds(start, &search);
  TryReleaseAndSuppression(start, &search);
  TryCloser(&search);
  std::vector<CalibratedSetting> settings;
  const Trial* previous = nullptr;
  for (const Trial& trial : search.trials()) {
    if (settings.size() == count) break;
    if (previous != nullptr && !IsBetter(*previous, trial)) continue;  // It achieves the same.
    previous = &trial;
    CalibratedSetting setting;
    setting.recognizer = trial.recognizer;
    setting.found = Share(trial.hits, said);
    setting.false_accepts_per_hour = RatePerHour(trial.false_accepts, search.hours());
    if (trial.hits > 0) setting.median_delay_ms = trial.delay_ms;
    setting.meets_goal = trial.meets_goal;
    settings.push_back(setting);
  }
  return settings;
}

std::string WithRecognizer(const std::string& manifest, const std::string& origin,
                           const RecognizerConfig& recognizer, int32_t period_ms,
                           std::optional<int32_t> strides_per_inference) {
  const Manifest before = ParseManifest(manifest, origin);  // What is reached into below is there.
  nlohmann::ordered_json document = nlohmann::ordered_json::parse(manifest);
  nlohmann::ordered_json& numbers = document["earshot"]["recognizer"];
  SetNumbers(recognizer, &numbers);
  if (recognizer.background_labels != before.spotter.recognizer.background_labels) {
    numbers["background_labels"] = NamesOfBackground(before.labels, recognizer.background_labels);
  }
  if (strides_per_inference) document["earshot"]["strides_per_inference"] = *strides_per_inference;
  nlohmann::ordered_json& micro = document["micro"];
  micro["probability_cutoff"] = AsProbability(recognizer.threshold);
  const char* const window_of_version_1 = "sliding_window_average_size";
  micro[micro.contains(window_of_version_1) ? window_of_version_1 : "sliding_window_size"] =
      std::min(recognizer.average_window_ms / period_ms + 1, 1000);  // The most that is allowed.
  return document.dump(2) + "\n";
}

}  // namespace earshot::host
