// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/explanations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "earshot/app/units.h"
#include "earshot/host/evaluation/stream_figures.h"

namespace earshot::host {
namespace {

using Decision = CommandRecognizer::Decision;

// What the model and the recognizer said at this step.
TimelineRow RowOf(const ReplayStep& step, const KeptScores& kept, double time) {
  TimelineRow row;
  row.time = time;
  row.scores.assign(kept.at(step.index), kept.at(step.index) + kept.label_count);
  for (size_t i = 0; i < kept.label_count; ++i) row.averages.push_back(step.recognizer.Average(i));
  row.top = static_cast<size_t>(step.result.label);
  row.decision = step.result.decision;
  return row;
}

// Gives each of `explanations`, which are ordered by recording, the rows of the time that it shows.
void FillRows(const RecognizerConfig& recognizer, const StreamFigures& heard,
              const std::vector<Explanation*>& explanations) {
  if (heard.recordings.empty() || explanations.empty()) return;
  std::vector<std::vector<Explanation*>> by_recording(heard.recordings.size());
  for (Explanation* explanation : explanations)
    by_recording[explanation->recording].push_back(explanation);
  for (std::vector<Explanation*>& of_one : by_recording) {
    std::stable_sort(of_one.begin(), of_one.end(),
                     [](const Explanation* a, const Explanation* b) { return a->end < b->end; });
  }
  double longest = 0;
  for (const Explanation* explanation : explanations)
    longest = std::max(longest, explanation->end - explanation->start);
  std::vector<size_t> over(heard.recordings.size());  // How many are over.
  ReplaySteps(heard, recognizer, [&](const ReplayStep& step) {
    const KeptScores& kept = heard.recordings[step.recording].kept;
    const double time = SecondsOfMs(kept.time_ms(step.index));
    const std::vector<Explanation*>& here = by_recording[step.recording];
    size_t& next = over[step.recording];
    while (next < here.size() && here[next]->end < time) ++next;
    for (size_t i = next; i < here.size() && here[i]->end <= time + longest; ++i) {
      if (here[i]->start <= time) here[i]->rows.push_back(RowOf(step, kept, time));
    }
  });
}

class Narrator {
 public:
  explicit Narrator(const ModelFigures& model) : model_(model) {}

  std::string OfEvent(const StreamEvent& event, const Explanation& explanation) const {
    const size_t heard = event.heard < 0 ? 0 : static_cast<size_t>(event.heard);
    switch (event.outcome) {
      case Outcome::kHit:
        return fmt::format("announced {:.2f} s {} the word's end, at an average of {}",
                           std::abs(event.delay), event.delay < 0 ? "before" : "after",
                           Number(event.score));
      case Outcome::kLate:
        return fmt::format("announced too late, {:.2f} s after the word's end: {}", event.delay,
                           WhyMissed(event, explanation));
      case Outcome::kWrong:
        return fmt::format("\"{}\" was announced instead, at an average of {}; {}",
                           model_.labels[heard], Number(event.score),
                           WhyMissed(event, explanation));
      default:
        return WhyMissed(event, explanation);
    }
  }

  std::string OfFalseAccept(const FalseAccept& accept) const {
    return fmt::format("announced at an average of {} {}", Number(accept.score),
                       accept.during.empty() ? "where no word was said"
                                             : fmt::format("while \"{}\" was said", accept.during));
  }

  static std::string Number(uint8_t q8) { return fmt::format("{:.2f}", ScoreOf(q8)); }

 private:
  // What kept the word from being announced while it could be found: what stopped it where it came
  // furthest.
  std::string WhyMissed(const StreamEvent& event, const Explanation& explanation) const {
    const auto target = static_cast<size_t>(event.target);
    const TimelineRow* best = nullptr;  // Where its average was highest ...
    const TimelineRow* held = nullptr;  // ... and the last at which more than its height was asked.
    uint8_t best_score = 0;
    for (const TimelineRow& row : explanation.rows) {
      if (row.time < event.start || row.time > event.end + kFoundSeconds) continue;
      best_score = std::max(best_score, row.scores[target]);
      if (best == nullptr || row.averages[target] > best->averages[target]) best = &row;
      const bool is_high = row.averages[target] > model_.recognizer.threshold;
      if (row.top == target && is_high) held = &row;
    }
    if (best == nullptr) return "the recording ended before it could be announced";
    if (held != nullptr) return WhyHeldBack(held->decision);
    const std::string reached = Number(best->averages[target]);
    if (best->averages[target] > model_.recognizer.threshold) {
      return fmt::format("its average reached {}, but that of \"{}\" was higher ({})", reached,
                         model_.labels[best->top], Number(best->averages[best->top]));
    }
    return fmt::format("its average reached only {} of {} (highest single score: {})", reached,
                       Number(model_.recognizer.threshold), Number(best_score));
  }

  std::string WhyHeldBack(Decision decision) const {
    const RecognizerConfig& config = model_.recognizer;
    switch (decision) {
      case Decision::kTooFewResults:
        return fmt::format("too few results since the start (minimum_count {})",
                           config.minimum_count);
      case Decision::kNotRearmed:
        return fmt::format(
            "its average had not been below release_threshold {} since it was last "
            "announced",
            Number(config.release_threshold));
      case Decision::kSuppressed:
        return fmt::format("it had been announced less than suppression_ms {} ago",
                           config.suppression_ms);
      case Decision::kWarmingUp:
        return fmt::format("the stream had not lasted warm_up_ms {} yet", config.warm_up_ms);
      case Decision::kGateClosed:
        return "the model of voice activity heard nobody speak";
      default:
        return "its announcement counts for another word";
    }
  }

  const ModelFigures& model_;
};

Explanation At(size_t recording, size_t index, double start, double end, Outcome outcome) {
  Explanation explanation;
  explanation.outcome = outcome;
  explanation.recording = recording;
  explanation.index = index;
  explanation.start = std::max(start - kShownMarginSeconds, 0.0);
  explanation.end = end + kShownMarginSeconds;
  return explanation;
}

// The explanations of one kind of recordings: events first.
std::vector<Explanation> ExplanationsOf(const ModelFigures& model, const StreamFigures& heard) {
  std::vector<Explanation> explanations;
  for (size_t i = 0; i < heard.events.size(); ++i) {
    const StreamEvent& event = heard.events[i];
    if (event.target < 0) continue;
    explanations.push_back(At(event.recording, i, event.start, event.end, event.outcome));
  }
  for (size_t i = 0; i < heard.false_accepts.size(); ++i) {
    const FalseAccept& accept = heard.false_accepts[i];
    explanations.push_back(
        At(accept.recording, i, accept.time, accept.time, Outcome::kFalseAccept));
  }
  std::vector<Explanation*> all;
  all.reserve(explanations.size());
  for (Explanation& explanation : explanations) all.push_back(&explanation);
  FillRows(model.recognizer, heard, all);
  const Narrator narrator(model);
  for (Explanation& explanation : explanations) {
    explanation.why = explanation.outcome == Outcome::kFalseAccept
                          ? narrator.OfFalseAccept(heard.false_accepts[explanation.index])
                          : narrator.OfEvent(heard.events[explanation.index], explanation);
  }
  return explanations;
}

}  // namespace

std::vector<Explanation> ExplainStreams(const ModelFigures& model) {
  std::vector<Explanation> explanations;
  if (model.streams) explanations = ExplanationsOf(model, *model.streams);
  if (model.negatives) {
    for (Explanation& explanation : ExplanationsOf(model, *model.negatives)) {
      explanation.is_negative = true;
      explanations.push_back(std::move(explanation));
    }
  }
  return explanations;
}

}  // namespace earshot::host
