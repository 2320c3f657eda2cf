// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/stream_figures.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/host/classification/ordered_batch.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/intervals.h"

namespace earshot::host {
namespace {

constexpr int kDetThresholdStep = 4;  // Of the DET curve, Q0.8.

// A recognizer and its memory.
class OwnedRecognizer {
 public:
  OwnedRecognizer(const RecognizerConfig& config, const KeptScores& like) {
    const auto labels = static_cast<int>(like.label_count);
    const auto period_ms = static_cast<int>(like.period_ms);
    memory_ = AlignedBytes(CommandRecognizer::RequiredBytes(config, labels, period_ms));
    // Only where a word began and ended depends on the window, and nobody asks for that here.
    ThrowUnlessOk(CommandRecognizer::Create(config, labels, period_ms, period_ms, memory_.span(),
                                            &recognizer_),
                  "recognizer");
  }

  CommandRecognizer& get() { return recognizer_; }

 private:
  AlignedBytes memory_;
  CommandRecognizer recognizer_;
};

// Times in microseconds, so that comparing them does not depend on how seconds are rounded.
int64_t Micros(double seconds) { return std::llround(seconds * 1e6); }

// When an event can be matched: [begin, end], microseconds.
struct Window {
  int64_t begin;
  int64_t end;
};

Window WindowOf(const StreamEvent& event, Outcome outcome) {
  const double found_end = event.end + kFoundSeconds;
  if (outcome == Outcome::kLate) return {Micros(found_end), Micros(found_end + kLateSeconds)};
  return {Micros(event.start), Micros(found_end)};
}

class Matcher {
 public:
  Matcher(std::vector<StreamEvent> events, const std::vector<Announcement>& announcements)
      : events_(std::move(events)), announcements_(announcements), taken_(announcements.size()) {
    for (StreamEvent& event : events_) {
      event.outcome = Outcome::kMiss;
      event.heard = -1;
      event.time = event.delay = kNotMeasured;
      event.score = 0;
      longest_ = std::max(longest_, event.end - event.start);
    }
  }

  Matches Match() {
    for (const Outcome outcome : {Outcome::kHit, Outcome::kLate, Outcome::kWrong}) {
      for (size_t i = 0; i < announcements_.size(); ++i) {
        if (taken_[i]) continue;
        StreamEvent* const event = FirstToEnd(announcements_[i], outcome);
        if (event == nullptr) continue;
        taken_[i] = true;
        Take(announcements_[i], outcome, event);
      }
    }
    Matches matches;
    for (size_t i = 0; i < announcements_.size(); ++i) {
      if (!taken_[i]) matches.false_accepts.push_back(MakeFalseAccept(announcements_[i]));
    }
    matches.events = std::move(events_);
    return matches;
  }

 private:
  // Calls `use` for every event of the announcement's recording that began before it and may not be
  // over for good, the latest first.
  template <typename Use>
  void ForEachNear(const Announcement& announcement, const Use& use) {
    const int64_t time = announcement.time_ms * 1000;
    const int64_t first = time - Micros(longest_ + kFoundSeconds + kLateSeconds) - 1;
    auto next = std::upper_bound(events_.begin(), events_.end(), time,
                                 [&](int64_t now, const StreamEvent& event) {
                                   return event.recording != announcement.recording
                                              ? announcement.recording < event.recording
                                              : now < Micros(event.start);
                                 });
    while (next != events_.begin()) {
      --next;
      if (next->recording != announcement.recording || Micros(next->start) < first) return;
      use(*next);
    }
  }

  // Of the events that may have this outcome by the announcement, the one whose time for that is
  // over first; null: none.
  StreamEvent* FirstToEnd(const Announcement& announcement, Outcome outcome) {
    const int64_t time = announcement.time_ms * 1000;
    const auto label = static_cast<int>(announcement.label);
    StreamEvent* first = nullptr;
    ForEachNear(announcement, [&](StreamEvent& event) {
      if (event.target < 0 || event.outcome != Outcome::kMiss) return;
      if ((event.target == label) == (outcome == Outcome::kWrong)) return;
      const Window window = WindowOf(event, outcome);
      if (time < window.begin || time > window.end) return;
      if (first == nullptr || event.end <= first->end) first = &event;
    });
    return first;
  }

  static void Take(const Announcement& announcement, Outcome outcome, StreamEvent* event) {
    event->outcome = outcome;
    event->heard = static_cast<int>(announcement.label);
    event->time = SecondsOfMs(announcement.time_ms);
    event->delay = event->time - event->end;
    event->score = announcement.score;
  }

  FalseAccept MakeFalseAccept(const Announcement& announcement) {
    FalseAccept accept;
    accept.recording = announcement.recording;
    accept.time = SecondsOfMs(announcement.time_ms);
    accept.label = announcement.label;
    accept.score = announcement.score;
    ForEachNear(announcement, [&](const StreamEvent& event) {
      const bool is_over = announcement.time_ms * 1000 > WindowOf(event, Outcome::kHit).end;
      if (accept.during.empty() && !is_over) accept.during = event.word;  // The latest.
    });
    return accept;
  }

  std::vector<StreamEvent> events_;
  const std::vector<Announcement>& announcements_;
  std::vector<bool> taken_;  // One per announcement.
  double longest_ = 0;       // Of the events.
};

struct Errors {
  size_t keywords = 0;
  size_t missed = 0;
  size_t false_accepts = 0;
  double hours = 0;
};

Errors CountErrors(const RecognizerConfig& recognizer, const StreamFigures* heard) {
  Errors errors;
  if (heard == nullptr) return errors;
  const Matches matches = MatchAnnouncements(heard->events, Replay(*heard, recognizer));
  for (const StreamEvent& event : matches.events) {
    if (event.target < 0) continue;
    ++errors.keywords;
    if (event.outcome != Outcome::kHit) ++errors.missed;
  }
  errors.false_accepts = matches.false_accepts.size();
  errors.hours = heard->hours;
  return errors;
}

double PerHour(size_t count, double hours) {
  return hours > 0 ? static_cast<double>(count) / hours : kNotMeasured;
}

DetPoint MakeDetPoint(const RecognizerConfig& recognizer, const StreamFigures* streams,
                      const StreamFigures* negatives) {
  const Errors in_streams = CountErrors(recognizer, streams);
  const Errors in_negatives = CountErrors(recognizer, negatives);
  DetPoint point;
  point.threshold = recognizer.threshold;
  point.miss = static_cast<double>(in_streams.missed) / static_cast<double>(in_streams.keywords);
  point.false_accepts_per_hour = PerHour(in_streams.false_accepts + in_negatives.false_accepts,
                                         in_streams.hours + in_negatives.hours);
  point.streams_false_accepts_per_hour = PerHour(in_streams.false_accepts, in_streams.hours);
  point.negatives_false_accepts_per_hour = PerHour(in_negatives.false_accepts, in_negatives.hours);
  return point;
}

bool HasKeywords(const StreamFigures* streams) {
  return streams != nullptr &&
         std::any_of(streams->events.begin(), streams->events.end(),
                     [](const StreamEvent& event) { return event.target >= 0; });
}

// What was announced in the silence behind a recording's end is told as at its end.
void TellWithinRecordings(StreamFigures* figures) {
  const auto limit = [figures](size_t recording, double* time) {
    const double end_ms = std::floor(figures->recordings[recording].seconds * kMsPerSecond + 1e-6);
    if (*time > end_ms / kMsPerSecond) *time = end_ms / kMsPerSecond;
  };
  for (StreamEvent& event : figures->events) limit(event.recording, &event.time);
  for (FalseAccept& accept : figures->false_accepts) limit(accept.recording, &accept.time);
}

}  // namespace

void ReplaySteps(const StreamFigures& heard, const RecognizerConfig& recognizer,
                 const std::function<void(const ReplayStep&)>& use) {
  if (heard.recordings.empty()) return;
  OwnedRecognizer owned(recognizer, heard.recordings[0].kept);
  int64_t clock_ms = heard.recordings[0].kept.first_ms;
  for (size_t recording = 0; recording < heard.recordings.size(); ++recording) {
    const KeptScores& kept = heard.recordings[recording].kept;
    if (!heard.is_continuous) {
      owned.get().Reset();
      clock_ms = kept.first_ms;
    }
    // From one recording to the next inferences come as regularly as within one.
    for (size_t index = 0; index < kept.count(); ++index) {
      CommandRecognizer::Result result;
      Detection detection;
      const Span<const uint8_t> scores(kept.at(index), kept.label_count);
      owned.get().CloseGate(!kept.gate_closed.empty() && kept.gate_closed[index]);
      ThrowUnlessOk(owned.get().Process(clock_ms, scores, &result, &detection), "recognizer");
      use({recording, index, result, owned.get()});
      clock_ms += kept.period_ms;
    }
  }
}

std::vector<Announcement> Replay(const StreamFigures& heard, const RecognizerConfig& recognizer) {
  std::vector<Announcement> announcements;
  ReplaySteps(heard, recognizer, [&](const ReplayStep& step) {
    if (!step.result.is_new()) return;
    const int64_t time_ms = heard.recordings[step.recording].kept.time_ms(step.index);
    announcements.push_back(
        {step.recording, time_ms, static_cast<size_t>(step.result.label), step.result.score});
  });
  return announcements;
}

Matches MatchAnnouncements(std::vector<StreamEvent> events,
                           const std::vector<Announcement>& announcements) {
  return Matcher(std::move(events), announcements).Match();
}

void MeasureStreams(const RecognizerConfig& recognizer, size_t label_count,
                    StreamFigures* figures) {
  Matches matches = MatchAnnouncements(std::move(figures->events), Replay(*figures, recognizer));
  figures->events = std::move(matches.events);
  figures->false_accepts = std::move(matches.false_accepts);
  TellWithinRecordings(figures);
  std::vector<size_t> hits(label_count);
  std::vector<size_t> said(label_count);
  std::vector<double> delays_ms;
  figures->late = figures->wrong = 0;
  for (const StreamEvent& event : figures->events) {
    if (event.target < 0) continue;
    ++said[static_cast<size_t>(event.target)];
    if (event.outcome == Outcome::kLate) ++figures->late;
    if (event.outcome == Outcome::kWrong) ++figures->wrong;
    if (event.outcome != Outcome::kHit) continue;
    ++hits[static_cast<size_t>(event.target)];
    delays_ms.push_back(event.delay * kMsPerSecond);
  }
  figures->found_by_label.clear();
  size_t all_said = 0;
  for (size_t label = 0; label < label_count; ++label) {
    figures->found_by_label.push_back(Share(hits[label], said[label]));
    all_said += said[label];
  }
  figures->found = Share(delays_ms.size(), all_said);
  figures->false_accepts_per_hour = RatePerHour(figures->false_accepts.size(), figures->hours);
  figures->median_delay_ms = Median(delays_ms);
  figures->p90_delay_ms = Quantile(delays_ms, 0.9);
}

RecognizerConfig WithThreshold(const RecognizerConfig& recognizer, uint8_t threshold) {
  RecognizerConfig scaled = recognizer;
  const double release =
      static_cast<double>(recognizer.release_threshold) * threshold / recognizer.threshold;
  scaled.threshold = threshold;
  scaled.release_threshold = static_cast<uint8_t>(std::max(std::lround(release), 1L));
  return scaled;
}

std::vector<DetPoint> DetCurve(const RecognizerConfig& recognizer, const StreamFigures* streams,
                               const StreamFigures* negatives, size_t jobs) {
  std::vector<DetPoint> curve;
  if (!HasKeywords(streams)) return curve;
  std::vector<uint8_t> thresholds;
  for (int threshold = kDetThresholdStep; threshold < 256; threshold += kDetThresholdStep) {
    thresholds.push_back(static_cast<uint8_t>(threshold));
  }
  const auto own = std::lower_bound(thresholds.begin(), thresholds.end(), recognizer.threshold);
  if (own == thresholds.end() || *own != recognizer.threshold) {
    thresholds.insert(own, recognizer.threshold);
  }
  const auto measure = [&](size_t, size_t i) {
    return MakeDetPoint(WithThreshold(recognizer, thresholds[i]), streams, negatives);
  };
  RunOrdered<DetPoint>(thresholds.size(), jobs, measure,
                       [&curve](size_t, const DetPoint& point) { curve.push_back(point); });
  return curve;
}

}  // namespace earshot::host
