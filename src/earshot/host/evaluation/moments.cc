// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/moments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "earshot/host/evaluation/stream_figures.h"

namespace earshot::host {
namespace {

using Decision = CommandRecognizer::Decision;

constexpr double kMsPerSecond = 1000;
constexpr double kQ8One = 256.0;

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

// Gives each of `moments`, which are ordered by recording, the rows of its time.
void FillRows(const RecognizerConfig& recognizer, const StreamFigures& heard,
              const std::vector<Moment*>& moments) {
  if (heard.recordings.empty() || moments.empty()) return;
  std::vector<std::vector<Moment*>> by_recording(heard.recordings.size());
  for (Moment* moment : moments) by_recording[moment->recording].push_back(moment);
  for (std::vector<Moment*>& of_one : by_recording) {
    std::stable_sort(of_one.begin(), of_one.end(),
                     [](const Moment* a, const Moment* b) { return a->end < b->end; });
  }
  double longest = 0;
  for (const Moment* moment : moments) longest = std::max(longest, moment->end - moment->start);
  std::vector<size_t> over(heard.recordings.size());  // How many moments have ended.
  ReplaySteps(heard, recognizer, [&](const ReplayStep& step) {
    const KeptScores& kept = heard.recordings[step.recording].kept;
    const double time = static_cast<double>(kept.time_ms(step.index)) / kMsPerSecond;
    const std::vector<Moment*>& here = by_recording[step.recording];
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

  std::string OfEvent(const StreamEvent& event, const Moment& moment) const {
    const size_t heard = event.heard < 0 ? 0 : static_cast<size_t>(event.heard);
    switch (event.outcome) {
      case Outcome::kHit:
        return fmt::format("announced {:.2f} s {} the word's end, at an average of {}",
                           std::abs(event.delay), event.delay < 0 ? "before" : "after",
                           Number(event.score));
      case Outcome::kLate:
        return fmt::format("announced too late, {:.2f} s after the word's end: {}", event.delay,
                           WhyMissed(event, moment));
      case Outcome::kWrong:
        return fmt::format("\"{}\" was announced instead, at an average of {}; {}",
                           model_.labels[heard], Number(event.score), WhyMissed(event, moment));
      default:
        return WhyMissed(event, moment);
    }
  }

  std::string OfFalseAccept(const FalseAccept& accept) const {
    return fmt::format("announced at an average of {} {}", Number(accept.score),
                       accept.during.empty() ? "where no word was said"
                                             : fmt::format("while \"{}\" was said", accept.during));
  }

  static std::string Number(uint8_t q8) { return fmt::format("{:.2f}", q8 / kQ8One); }

 private:
  // What kept the word from being announced while it could be found: what stopped it where it came
  // furthest.
  std::string WhyMissed(const StreamEvent& event, const Moment& moment) const {
    const auto target = static_cast<size_t>(event.target);
    const TimelineRow* best = nullptr;  // Where its average was highest ...
    const TimelineRow* held = nullptr;  // ... and the last at which more than its height was asked.
    uint8_t best_score = 0;
    for (const TimelineRow& row : moment.rows) {
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
      default:
        return "its announcement counts for another word";
    }
  }

  const ModelFigures& model_;
};

Moment At(size_t recording, size_t index, double start, double end, Outcome outcome) {
  Moment moment;
  moment.outcome = outcome;
  moment.recording = recording;
  moment.index = index;
  moment.start = std::max(start - kMomentMarginSeconds, 0.0);
  moment.end = end + kMomentMarginSeconds;
  return moment;
}

// The moments of one kind of recordings: events first.
std::vector<Moment> MomentsOf(const ModelFigures& model, const StreamFigures& heard) {
  std::vector<Moment> moments;
  for (size_t i = 0; i < heard.events.size(); ++i) {
    const StreamEvent& event = heard.events[i];
    if (event.target < 0) continue;
    moments.push_back(At(event.recording, i, event.start, event.end, event.outcome));
  }
  for (size_t i = 0; i < heard.false_accepts.size(); ++i) {
    const FalseAccept& accept = heard.false_accepts[i];
    moments.push_back(At(accept.recording, i, accept.time, accept.time, Outcome::kFalseAccept));
  }
  std::vector<Moment*> all;
  all.reserve(moments.size());
  for (Moment& moment : moments) all.push_back(&moment);
  FillRows(model.recognizer, heard, all);
  const Narrator narrator(model);
  for (Moment& moment : moments) {
    moment.why = moment.outcome == Outcome::kFalseAccept
                     ? narrator.OfFalseAccept(heard.false_accepts[moment.index])
                     : narrator.OfEvent(heard.events[moment.index], moment);
  }
  return moments;
}

}  // namespace

std::vector<Moment> ExplainStreams(const ModelFigures& model) {
  std::vector<Moment> moments;
  if (model.streams) moments = MomentsOf(model, *model.streams);
  if (model.negatives) {
    for (Moment& moment : MomentsOf(model, *model.negatives)) {
      moment.is_negative = true;
      moments.push_back(std::move(moment));
    }
  }
  return moments;
}

}  // namespace earshot::host
