// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace earshot::host {
namespace {

Estimate At(const std::vector<Estimate>& estimates, size_t label) {
  return label < estimates.size() ? estimates[label] : Estimate();
}

// Whether the model can answer nothing, which is a figure then, unless a label has that name.
bool HasNothing(const ModelFigures& model) {
  return std::count(model.is_keyword.begin(), model.is_keyword.end(), false) == 0 &&
         std::count(model.labels.begin(), model.labels.end(), kNothingName) == 0;
}

// How many answers have become wrong since those compared with. A plain count: no interval.
Estimate WorseAnswers(const ModelFigures& model) {
  Estimate worse;
  if (!model.is_compared) return worse;
  worse.count = static_cast<double>(
      std::count_if(model.changes.begin(), model.changes.end(),
                    [](const ChangedAnswer& change) { return !change.is_better; }));
  worse.value = worse.low = worse.high = worse.count;
  return worse;
}

}  // namespace

std::vector<Metric> MetricsOf(const ModelFigures& model) {
  const ClipFigures clips = model.clips.value_or(ClipFigures());
  const StreamFigures streams = model.streams.value_or(StreamFigures());
  const StreamFigures negatives = model.negatives.value_or(StreamFigures());
  std::vector<Metric> metrics = {
      {"accuracy", MetricUnit::kShare, clips.accuracy},
      {"balanced_accuracy", MetricUnit::kShare, clips.balanced_accuracy},
      {"other_words_accepted", MetricUnit::kShare, clips.other_words_accepted},
      {"found", MetricUnit::kShare, streams.found},
      {"false_accepts_per_hour", MetricUnit::kPerHour, streams.false_accepts_per_hour},
      {"negatives_false_accepts_per_hour", MetricUnit::kPerHour, negatives.false_accepts_per_hour},
      {"median_delay_ms", MetricUnit::kMilliseconds, streams.median_delay_ms},
      {kWorseMetric, MetricUnit::kCount, WorseAnswers(model)},
  };
  for (size_t i = 0; i < model.labels.size(); ++i) {
    const std::string& label = model.labels[i];
    metrics.push_back({"recall." + label, MetricUnit::kShare, At(clips.recall, i)});
    metrics.push_back({"precision." + label, MetricUnit::kShare, At(clips.precision, i)});
    metrics.push_back({"auc." + label, MetricUnit::kArea, At(clips.auc, i)});
    if (!model.is_keyword[i]) continue;
    metrics.push_back({"found." + label, MetricUnit::kShare, At(streams.found_by_label, i)});
  }
  if (HasNothing(model)) {
    const std::string nothing = kNothingName;
    metrics.push_back({"recall." + nothing, MetricUnit::kShare, clips.nothing_recall});
    metrics.push_back({"precision." + nothing, MetricUnit::kShare, clips.nothing_precision});
  }
  return metrics;
}

std::string EstimateText(const Estimate& estimate, MetricUnit unit) {
  if (std::isnan(estimate.value)) return "-";
  switch (unit) {
    case MetricUnit::kShare:
      return fmt::format("{:.1f} % ({:.1f} to {:.1f})", estimate.value * 100, estimate.low * 100,
                         estimate.high * 100);
    case MetricUnit::kArea:
      return fmt::format("{:.4f} ({:.4f} to {:.4f})", estimate.value, estimate.low, estimate.high);
    case MetricUnit::kPerHour:
      return fmt::format("{:.2f} ({:.2f} to {:.2f})", estimate.value, estimate.low, estimate.high);
    case MetricUnit::kMilliseconds:
      return fmt::format("{:.0f} ({:.0f} to {:.0f})", estimate.value, estimate.low, estimate.high);
    case MetricUnit::kCount:
      return fmt::format("{:.0f}", estimate.value);
  }
  return "";
}

}  // namespace earshot::host
