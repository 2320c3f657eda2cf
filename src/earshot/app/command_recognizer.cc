// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/command_recognizer.h"

#include "earshot/app/argument_checks.h"
#include "earshot/app/spotter_settings.h"

namespace earshot {
namespace {

constexpr StatusSubject kSubject = StatusSubject::kRecognizer;
constexpr uint32_t kEvidenceDivisor = 4;  // Results must span this part of the averaging window.
constexpr uint8_t kSupport = 128;         // Q0.8: half of the score.

bool IsBackground(const RecognizerConfig& config, int32_t label) {
  return label < 32 && (config.background_labels >> label & 1u) != 0;
}

bool AllAreBackground(const RecognizerConfig& config, int label_count) {
  for (int32_t label = 0; label < label_count; ++label) {
    if (!IsBackground(config, label)) return false;
  }
  return true;
}

// Results that an averaging window can hold, both of its ends included.
int32_t HistoryCapacity(const RecognizerConfig& config, int period_ms) {
  return config.average_window_ms / period_ms + 1;
}

Status CheckConfig(const RecognizerConfig& config, int label_count, int period_ms) {
  const int32_t average_window_ms = config.average_window_ms;
  const RangeCheck checks[] = {
      {"number of labels"_text, label_count, 1, CommandRecognizer::kMaxLabels},
      {"period_ms"_text, period_ms, 1, INT32_MAX},
  };
  EARSHOT_RETURN_IF_ERROR(CheckRanges(kSubject, checks));
  EARSHOT_RETURN_IF_ERROR(CheckSettings(kSubject, &config, kRecognizerFields));
  if (config.release_threshold > config.threshold) {
    return InvalidNumber(kSubject, "release_threshold"_text, config.release_threshold,
                         config.threshold);
  }
  if (AllAreBackground(config, label_count)) {
    return InvalidNumber(kSubject, "labels that are not background"_text, 0, 1);
  }
  if (average_window_ms != 0 && average_window_ms < period_ms) {
    return InvalidNumber(kSubject, "average_window_ms: shorter than period_ms"_text,
                         average_window_ms, period_ms);
  }
  const int32_t capacity = HistoryCapacity(config, period_ms);
  if (config.minimum_count <= capacity) return OkStatus();
  return InvalidNumber(kSubject, "minimum_count: more than results in average_window_ms"_text,
                       config.minimum_count, capacity);
}

// a + b, at most UINT32_MAX.
uint32_t SaturatingSum(uint32_t a, uint32_t b) {
  const uint32_t sum = a + b;
  return sum < a ? UINT32_MAX : sum;
}

int32_t IndexOfHighest(Span<const uint8_t> scores) {
  size_t highest = 0;
  for (size_t i = 1; i < scores.size(); ++i) {
    if (scores[i] > scores[highest]) highest = i;
  }
  return static_cast<int32_t>(highest);
}

}  // namespace

size_t CommandRecognizer::RequiredBytes(const RecognizerConfig& config, int label_count,
                                        int period_ms) {
  if (!CheckConfig(config, label_count, period_ms).ok()) return 0;
  CommandRecognizer recognizer;
  recognizer.config_ = config;
  Arena arena{Span<uint8_t>()};
  recognizer.Allocate(label_count, period_ms, arena);
  return static_cast<size_t>(arena.used());
}

Status CommandRecognizer::Create(const RecognizerConfig& config, int label_count, int period_ms,
                                 int context_ms, Span<uint8_t> memory,
                                 CommandRecognizer* recognizer) {
  *recognizer = CommandRecognizer();
  EARSHOT_RETURN_IF_ERROR(CheckConfig(config, label_count, period_ms));
  if (context_ms < 1) return InvalidNumber(kSubject, "context_ms"_text, context_ms, 1);
  EARSHOT_RETURN_IF_ERROR(CheckMemoryAlignment(kSubject, memory));
  recognizer->config_ = config;
  recognizer->context_ms_ = context_ms;
  Arena arena(memory);
  recognizer->Allocate(label_count, period_ms, arena);
  if (!arena.fits()) {
    return MakeError(StatusCode::kArenaTooSmall, {kSubject}, "memory"_text, StatusUnit::kBytes,
                     static_cast<int64_t>(memory.size()), static_cast<int64_t>(arena.used()));
  }
  recognizer->Reset();
  return OkStatus();
}

// The labels come last: they are there only if all has fitted.
void CommandRecognizer::Allocate(int label_count, int period_ms, Arena& arena) {
  const auto labels = static_cast<size_t>(label_count);
  const auto capacity = static_cast<size_t>(HistoryCapacity(config_, period_ms));
  history_ =
      ScoreHistory(capacity, labels, static_cast<uint16_t>(config_.average_window_ms), arena);
  uint32_t offset = 0;
  labels_ = arena.Allocate<LabelState>(labels, &offset);
}

void CommandRecognizer::Reset() {
  history_.Clear();
  for (LabelState& label : labels_) label = LabelState{kLongAgo, kLongAgo, kLongAgo, true};
  newest_ms_ = -1;
  supported_label_ = -1;
  gate_is_closed_ = false;
}

Status CommandRecognizer::Process(int64_t time_ms, Span<const uint8_t> scores, Result* result,
                                  Detection* detection) {
  if (labels_.empty()) return NotCreated(kSubject);
  if (scores.size() != labels_.size()) {
    return InvalidNumber(kSubject, "number of scores"_text, static_cast<int32_t>(scores.size()),
                         static_cast<int32_t>(labels_.size()));
  }
  EARSHOT_RETURN_IF_ERROR(CheckTime(time_ms));
  const int64_t difference_ms = newest_ms_ < 0 ? kLongAgo : time_ms - newest_ms_;
  const uint32_t elapsed_ms =
      difference_ms < kLongAgo ? static_cast<uint32_t>(difference_ms) : kLongAgo;
  newest_ms_ = time_ms;
  GrowOlder(elapsed_ms);
  TrackSupport(elapsed_ms, scores);
  history_.Push(elapsed_ms, scores);
  for (size_t i = 0; i < labels_.size(); ++i) {
    if (history_.Average(i) < config_.release_threshold) labels_[i].is_armed = true;
  }
  *result = Top();
  result->decision = Decide(*result);
  if (!result->is_new()) return OkStatus();
  LabelState& label = labels_[static_cast<size_t>(result->label)];
  label.is_armed = false;
  label.announced_age_ms = 0;
  *detection = MakeDetection(time_ms, *result);
  return OkStatus();
}

Status CommandRecognizer::CheckTime(int64_t time_ms) const {
  if (time_ms < 0) return InvalidNumber(kSubject, "time_ms"_text, StatusNumber(time_ms), 0);
  if (time_ms >= newest_ms_) return OkStatus();
  return InvalidNumber(kSubject, "time_ms: before the previous result"_text, StatusNumber(time_ms),
                       StatusNumber(newest_ms_));
}

void CommandRecognizer::GrowOlder(uint32_t elapsed_ms) {
  for (LabelState& label : labels_) {
    label.run_first_age_ms = SaturatingSum(label.run_first_age_ms, elapsed_ms);
    label.run_last_age_ms = SaturatingSum(label.run_last_age_ms, elapsed_ms);
    label.announced_age_ms = SaturatingSum(label.announced_age_ms, elapsed_ms);
  }
}

void CommandRecognizer::TrackSupport(uint32_t elapsed_ms, Span<const uint8_t> scores) {
  const int32_t highest = IndexOfHighest(scores);
  const int32_t supported = scores[static_cast<size_t>(highest)] >= kSupport ? highest : -1;
  const bool overlaps_previous = elapsed_ms < static_cast<uint32_t>(context_ms_);
  if (supported >= 0) {
    LabelState& label = labels_[static_cast<size_t>(supported)];
    if (supported != supported_label_ || !overlaps_previous) label.run_first_age_ms = 0;
    label.run_last_age_ms = 0;
  }
  supported_label_ = supported;
}

bool CommandRecognizer::HasEnoughEvidence() const {
  return history_.size() >= static_cast<size_t>(config_.minimum_count) &&
         history_.span_ms() >= static_cast<uint32_t>(config_.average_window_ms) / kEvidenceDivisor;
}

CommandRecognizer::Decision CommandRecognizer::Decide(const Result& top) const {
  if (!HasEnoughEvidence()) return Decision::kTooFewResults;
  if (top.score <= config_.threshold) return Decision::kBelowThreshold;
  if (IsBackground(config_, top.label)) return Decision::kBackground;
  const LabelState& label = labels_[static_cast<size_t>(top.label)];
  if (!label.is_armed) return Decision::kNotRearmed;
  const bool is_suppressed = label.announced_age_ms < static_cast<uint32_t>(config_.suppression_ms);
  if (is_suppressed) return Decision::kSuppressed;
  if (gate_is_closed_) return Decision::kGateClosed;
  return newest_ms_ < config_.warm_up_ms ? Decision::kWarmingUp : Decision::kAnnounced;
}

CommandRecognizer::Result CommandRecognizer::Top() const {
  Result top{0, history_.Average(0)};
  for (size_t i = 1; i < labels_.size(); ++i) {
    const uint8_t average = history_.Average(i);
    if (average > top.score) top = Result{static_cast<int32_t>(i), average};
  }
  return top;
}

Detection CommandRecognizer::MakeDetection(int64_t time_ms, const Result& result) const {
  const LabelState& label = labels_[static_cast<size_t>(result.label)];
  const bool is_supported =
      label.run_last_age_ms <= static_cast<uint32_t>(config_.average_window_ms);
  int64_t end = time_ms - (is_supported ? label.run_first_age_ms : 0);
  if (end < 0) end = 0;
  int64_t start = time_ms - (is_supported ? label.run_last_age_ms : 0) - context_ms_;
  if (start < 0) start = 0;
  if (start > end) start = end;
  return Detection{result.label, result.score, start, end, time_ms};
}

}  // namespace earshot
