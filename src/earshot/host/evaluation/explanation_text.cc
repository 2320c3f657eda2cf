// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>

#include "earshot/app/units.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/evaluation/explanations.h"

namespace earshot::host {
namespace {

using Decision = CommandRecognizer::Decision;

constexpr double kRowSeconds = 0.1;
constexpr int kBarWidth = 32;  // Q0.8 divides evenly.

const char* DecisionText(Decision decision) {
  switch (decision) {
    case Decision::kAnnounced:
      return "ANNOUNCED";
    case Decision::kTooFewResults:
      return "too few results";
    case Decision::kBelowThreshold:
      return "";  // The bar shows that.
    case Decision::kBackground:
      return "background";
    case Decision::kNotRearmed:
      return "not re-armed";
    default:
      return "suppressed";
  }
}

// '#' up to the average, '|' at the threshold.
std::string Bar(uint8_t average, uint8_t threshold) {
  std::string bar(kBarWidth, ' ');
  std::fill_n(bar.begin(), average * kBarWidth / 256, '#');
  bar[threshold * kBarWidth / 256] = '|';
  return bar;
}

std::string RowText(const ModelFigures& model, size_t label, const TimelineRow& row) {
  std::string text =
      fmt::format("{:10.2f}  {:.2f} [{}]  {:.2f}  {} {}", row.time, ScoreOf(row.averages[label]),
                  Bar(row.averages[label], model.recognizer.threshold), ScoreOf(row.scores[label]),
                  Visible(model.labels[row.top]), DecisionText(row.decision));
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

}  // namespace

std::string ExplanationText(const ModelFigures& model, const Explanation& explanation) {
  const StreamFigures& heard = explanation.is_negative ? *model.negatives : *model.streams;
  const std::string path = Visible(heard.recordings[explanation.recording].path);
  size_t label = 0;
  std::string text;
  if (explanation.outcome == Outcome::kFalseAccept) {
    const FalseAccept& accept = heard.false_accepts[explanation.index];
    label = accept.label;
    text = fmt::format("{} \"{}\" at {:.2f} s in {}: {}\n", OutcomeText(explanation.outcome),
                       Visible(model.labels[label]), accept.time, path, Visible(explanation.why));
  } else {
    const StreamEvent& event = heard.events[explanation.index];
    label = static_cast<size_t>(event.target);
    text = fmt::format("{} \"{}\" at {:.2f}-{:.2f} s in {}: {}\n", OutcomeText(explanation.outcome),
                       Visible(event.word), event.start, event.end, path, Visible(explanation.why));
  }
  text += fmt::format("   seconds  average of \"{}\"; its score; on top\n",
                      Visible(model.labels[label]));
  double next = explanation.start;
  for (const TimelineRow& row : explanation.rows) {
    if (row.time < next && row.decision != Decision::kAnnounced) continue;
    text += RowText(model, label, row);
    if (row.time >= next) next = row.time + kRowSeconds - 1e-6;
  }
  return text;
}

}  // namespace earshot::host
