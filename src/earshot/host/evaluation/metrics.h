// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The figures of an evaluation by their names, as gates and JSON use them.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

enum class MetricUnit { kShare, kArea, kPerHour, kMilliseconds, kCount };

// The answers that have become wrong since those that were compared with.
constexpr char kWorseMetric[] = "worse";

struct Metric {
  std::string name;
  MetricUnit unit = MetricUnit::kShare;
  Estimate value;  // kNotMeasured where the data for it was not given.
};

// Every metric that there is for the model, measured or not: accuracy, balanced_accuracy,
// other_words_accepted, found, false_accepts_per_hour, negatives_false_accepts_per_hour,
// median_delay_ms, worse; then recall.<label>, precision.<label> and auc.<label> of each label, and
// found.<label> of each keyword; recall.nothing and precision.nothing of models without background
// labels. Needs no more than the labels of `model`, and which are keywords.
std::vector<Metric> MetricsOf(const ModelFigures& model);

// For people: "93.2 % (91.0 to 94.9)", "0.9870 (0.9810 to 0.9920)", "0.52 (0.06 to 1.88)", "310
// (280 to 350)"; "-" where it was not measured.
std::string EstimateText(const Estimate& estimate, MetricUnit unit);

}  // namespace earshot::host
