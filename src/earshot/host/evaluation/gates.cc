// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/gates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "earshot/host/errors.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/metrics.h"
#include "earshot/host/evaluation/saved_answers.h"
#include "earshot/host/files/number_text.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

constexpr char kSpaces[] = " \t";

std::string Trim(const std::string& text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(kSpaces) + 1 - begin);
}

bool TakeEnd(const std::string& end, std::string* text) {
  if (text->size() < end.size()) return false;
  const size_t at = text->size() - end.size();
  if (text->compare(at, end.size(), end) != 0) return false;
  text->erase(at);
  return true;
}

// By the names of labels in it as these are compared, so that "recall.yes" is that of "Yes".
const Metric* FindMetric(const std::vector<Metric>& metrics, const std::string& name) {
  const auto found = std::find_if(metrics.begin(), metrics.end(), [&name](const Metric& metric) {
    return IsSameName(metric.name, name);
  });
  return found == metrics.end() ? nullptr : &*found;
}

// Whether there is such a metric, which then is the gate's.
bool TakeMetric(const std::vector<Metric>& metrics, Gate* gate) {
  const Metric* const metric = FindMetric(metrics, gate->metric);
  if (metric != nullptr) gate->metric = metric->name;
  return metric != nullptr;
}

// The gate, if its limit is one that the metric can have. Throws UsageError.
Gate Checked(Gate gate, const std::vector<Metric>& metrics) {
  const MetricUnit unit = FindMetric(metrics, gate.metric)->unit;
  const bool is_share = unit == MetricUnit::kShare || unit == MetricUnit::kArea;
  const bool has_least = unit != MetricUnit::kMilliseconds;  // A word may come before its end.
  if ((!has_least || gate.limit >= 0) && (!is_share || gate.limit <= 1)) return gate;
  throw UsageError(fmt::format("--gate \"{}\": found {}, wanted a number {}, as {} is one",
                               gate.expression, gate.limit, is_share ? "from 0 to 1" : "from 0 on",
                               gate.metric));
}

double PartOf(const Estimate& estimate, Gate::Part part) {
  if (part == Gate::Part::kLow) return estimate.low;
  return part == Gate::Part::kHigh ? estimate.high : estimate.value;
}

// Comparisons with "not a number" are false, so what was not measured does not pass.
bool Passes(const Gate& gate, double value) {
  if (gate.comparison == ">=") return value >= gate.limit;
  if (gate.comparison == "<=") return value <= gate.limit;
  if (gate.comparison == ">") return value > gate.limit;
  return value < gate.limit;
}

// Whether a clip pulls the metric down.
bool IsBehind(const std::string& metric, const ModelFigures& model, const ClipRecord& clip) {
  if (IsRight(clip, model.is_keyword)) return false;
  if (metric == "accuracy" || metric == "balanced_accuracy") return true;
  if (metric == "other_words_accepted") {
    const auto is_keyword = [&model](int label) {
      return label >= 0 && model.is_keyword[static_cast<size_t>(label)];
    };
    return !is_keyword(clip.target) && !IsSilence(clip.word) && is_keyword(clip.heard);
  }
  const std::string said = LabelText(model.labels, clip.target);
  const std::string heard = LabelText(model.labels, clip.heard);
  return metric == "recall." + said || metric == "auc." + said || metric == "precision." + heard ||
         metric == "auc." + heard;
}

bool IsBehind(const std::string& metric, const ModelFigures& model, const StreamEvent& event) {
  if (event.target < 0) return false;
  if (metric == "median_delay_ms") return event.delay * 1000 > model.streams->median_delay_ms.value;
  return event.outcome != Outcome::kHit &&
         (metric == "found" ||
          metric == "found." + model.labels[static_cast<size_t>(event.target)]);
}

// The answers that keep a metric from being better.
std::vector<SavedAnswer> AnswersBehind(const std::string& metric, const ModelFigures& model) {
  std::vector<SavedAnswer> answers;
  if (model.clips) {
    for (const ClipRecord& clip : model.clips->clips) {
      if (IsBehind(metric, model, clip)) answers.push_back(AnswerOf(model, clip));
    }
  }
  if (model.streams) {
    for (const StreamEvent& event : model.streams->events) {
      if (!IsBehind(metric, model, event)) continue;
      answers.push_back(AnswerOf(model, *model.streams, event));
    }
  }
  const bool negatives = metric == "negatives_false_accepts_per_hour";
  const std::optional<StreamFigures>& heard = negatives ? model.negatives : model.streams;
  if (heard && (negatives || metric == "false_accepts_per_hour")) {
    for (const FalseAccept& accept : heard->false_accepts) {
      answers.push_back(AnswerOf(model, *heard, accept));
    }
  }
  return answers;
}

std::vector<std::string> WrongBehind(const std::string& metric, const ModelFigures& model) {
  std::vector<std::string> wrong;
  std::set<std::string> worse;
  for (const ChangedAnswer& change : model.changes) {
    if (change.is_better) continue;
    worse.insert(change.what);
    if (metric == kWorseMetric) wrong.push_back(change.what + ": " + change.now);
  }
  for (const SavedAnswer& answer : AnswersBehind(metric, model)) {
    const std::string which = WhichText(answer);
    if (!model.is_compared || worse.count(which) > 0)
      wrong.push_back(which + ": " + HeardText(answer));
  }
  return wrong;
}

}  // namespace

Gate ParseGate(const std::string& expression, const ModelFigures& model) {
  // From the right, for a label may hold anything.
  const size_t last = expression.find_last_of("<>");
  if (last == std::string::npos) {
    throw UsageError(fmt::format("--gate \"{}\": wanted METRIC>=NUMBER (or <=, >, <)", expression));
  }
  Gate gate;
  gate.expression = expression;
  gate.comparison =
      expression.substr(last, last + 1 < expression.size() && expression[last + 1] == '=' ? 2 : 1);
  const std::string number = Trim(expression.substr(last + gate.comparison.size()));
  if (!ReadNumber(number, &gate.limit)) {
    throw UsageError(fmt::format("--gate \"{}\": found \"{}\" behind {}, wanted a number",
                                 expression, number, gate.comparison));
  }
  const std::vector<Metric> metrics = MetricsOf(model);
  gate.metric = Trim(expression.substr(0, last));
  if (TakeMetric(metrics, &gate)) return Checked(gate, metrics);
  if (TakeEnd(".low", &gate.metric)) {
    gate.part = Gate::Part::kLow;
  } else if (TakeEnd(".high", &gate.metric)) {
    gate.part = Gate::Part::kHigh;
  }
  if (TakeMetric(metrics, &gate)) return Checked(gate, metrics);
  std::string names;
  for (const Metric& metric : metrics) names += (names.empty() ? "" : ", ") + metric.name;
  throw UsageError(fmt::format("--gate \"{}\": no figure \"{}\" of {}; there are: {}", expression,
                               gate.metric, model.name, names));
}

GateResult CheckGate(const Gate& gate, const ModelFigures& model) {
  GateResult result;
  result.expression = gate.expression;
  result.metric = gate.metric;
  result.found = FindMetric(MetricsOf(model), gate.metric)->value;
  result.passed = Passes(gate, PartOf(result.found, gate.part));
  if (!result.passed) result.wrong = WrongBehind(gate.metric, model);
  return result;
}

std::string GateText(const GateResult& gate) {
  const Estimate& found = gate.found;
  std::string number = "not measured";
  if (!std::isnan(found.value)) {
    number = fmt::format("{:.4g}", found.value);
    if (found.low < found.high) number += fmt::format(" ({:.4g} to {:.4g})", found.low, found.high);
  }
  return fmt::format("{}  {}: {}", gate.passed ? "passed" : "FAILED", gate.expression, number);
}

}  // namespace earshot::host
