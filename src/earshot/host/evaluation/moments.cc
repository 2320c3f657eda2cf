// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/moments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "earshot/app/score_history.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/host/evaluation/stream_figures.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

constexpr double kMsPerSecond = 1000;
constexpr double kQ8One = 256.0;
constexpr uint32_t kEvidenceDivisor = 4;  // As in earshot/app/command_recognizer.cc.

// Follows a recognizer through its results, with the same history of scores, and tells for each
// which rule held the label on top back.
class Observer {
 public:
  Observer(const RecognizerConfig& config, const KeptScores& like)
      : config_(config), period_ms_(like.period_ms), is_armed_(like.label_count) {
    const auto capacity = static_cast<size_t>(config.average_window_ms / like.period_ms + 1);
    const auto make = [&](Arena arena) {
      history_ = ScoreHistory(capacity, like.label_count,
                              static_cast<uint16_t>(config.average_window_ms), arena);
      return arena.used();
    };
    memory_ = AlignedBytes(static_cast<size_t>(make(Arena(Span<uint8_t>()))));
    make(Arena(memory_.span()));
  }

  // What the recognizer did at this step; the row's time is left alone.
  void Follow(const ReplayStep& step, const uint8_t* scores, TimelineRow* row) {
    if (step.is_fresh) {
      history_.Clear();
      std::fill(is_armed_.begin(), is_armed_.end(), true);
    }
    row->scores.assign(scores, scores + is_armed_.size());
    row->averages.resize(is_armed_.size());
    history_.Push(step.is_fresh ? UINT32_MAX : static_cast<uint32_t>(period_ms_), row->scores);
    for (size_t i = 0; i < is_armed_.size(); ++i) {
      row->averages[i] = history_.Average(i);
      if (row->averages[i] < config_.release_threshold) is_armed_[i] = true;
    }
    row->top = static_cast<size_t>(step.result.label);
    row->held_back = step.result.is_new ? HeldBack::kAnnounced : WhyNot(step);
    if (step.result.is_new) is_armed_[row->top] = false;
  }

 private:
  // The recognizer's rules in its order; when none of the others says no, it was the last.
  HeldBack WhyNot(const ReplayStep& step) const {
    const auto top = static_cast<size_t>(step.result.label);
    const auto window_ms = static_cast<uint32_t>(config_.average_window_ms);
    if (history_.size() < static_cast<size_t>(config_.minimum_count) ||
        history_.span_ms() < window_ms / kEvidenceDivisor) {
      return HeldBack::kTooFewResults;
    }
    if (step.result.score <= config_.threshold) return HeldBack::kBelowThreshold;
    if (IsBackground(config_.background_labels, top)) return HeldBack::kBackground;
    return is_armed_[top] ? HeldBack::kSuppressed : HeldBack::kNotRearmed;
  }

  RecognizerConfig config_;
  int64_t period_ms_;
  AlignedBytes memory_;
  ScoreHistory history_;
  std::vector<bool> is_armed_;  // One per label.
};

// Gives each of `moments`, which are ordered by recording, the rows of its time.
void FillRows(const RecognizerConfig& recognizer, const StreamFigures& heard,
              const std::vector<Moment*>& moments) {
  if (heard.recordings.empty() || moments.empty()) return;
  Observer observer(recognizer, heard.recordings[0].kept);
  std::vector<std::vector<Moment*>> by_recording(heard.recordings.size());
  for (Moment* moment : moments) by_recording[moment->recording].push_back(moment);
  for (std::vector<Moment*>& of_one : by_recording) {
    std::stable_sort(of_one.begin(), of_one.end(),
                     [](const Moment* a, const Moment* b) { return a->end < b->end; });
  }
  double longest = 0;
  for (const Moment* moment : moments) longest = std::max(longest, moment->end - moment->start);
  std::vector<size_t> over(heard.recordings.size());  // How many moments have ended.
  TimelineRow row;
  ReplaySteps(heard, recognizer, [&](const ReplayStep& step) {
    const KeptScores& kept = heard.recordings[step.recording].kept;
    observer.Follow(step, kept.at(step.index), &row);
    row.time = static_cast<double>(kept.time_ms(step.index)) / kMsPerSecond;
    const std::vector<Moment*>& here = by_recording[step.recording];
    size_t& next = over[step.recording];
    while (next < here.size() && here[next]->end < row.time) ++next;
    for (size_t i = next; i < here.size() && here[i]->end <= row.time + longest; ++i) {
      if (here[i]->start <= row.time) here[i]->rows.push_back(row);
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
    if (held != nullptr) return WhyHeldBack(held->held_back);
    const std::string reached = Number(best->averages[target]);
    if (best->averages[target] > model_.recognizer.threshold) {
      return fmt::format("its average reached {}, but that of \"{}\" was higher ({})", reached,
                         model_.labels[best->top], Number(best->averages[best->top]));
    }
    return fmt::format("its average reached only {} of {} (highest single score: {})", reached,
                       Number(model_.recognizer.threshold), Number(best_score));
  }

  std::string WhyHeldBack(HeldBack why) const {
    const RecognizerConfig& config = model_.recognizer;
    switch (why) {
      case HeldBack::kTooFewResults:
        return fmt::format("too few results since the start (minimum_count {})",
                           config.minimum_count);
      case HeldBack::kNotRearmed:
        return fmt::format(
            "its average had not been below release_threshold {} since it was last "
            "announced",
            Number(config.release_threshold));
      case HeldBack::kSuppressed:
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
