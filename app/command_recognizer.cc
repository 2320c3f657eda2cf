// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/command_recognizer.h"

namespace earshot {
namespace {

constexpr size_t kTflmHistory = 50;      // Results; kMaxResults in TFLM.
constexpr int32_t kSilence = 0;          // The label that TFLM treats specially.
constexpr int32_t kEvidenceDivisor = 4;  // Results must span this part of the averaging window.
constexpr uint8_t kSupport = 128;        // Q0.8: half of the score.

Status Invalid(const char* what, int64_t found, int64_t wanted) {
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kRecognizer}, what,
                   StatusUnit::kCount, found, wanted);
}

Status CheckRange(const char* what, int64_t found, int64_t lowest, int64_t highest) {
  if (found < lowest) return Invalid(what, found, lowest);
  if (found > highest) return Invalid(what, found, highest);
  return OkStatus();
}

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
size_t HistoryCapacity(const RecognizerConfig& config, int period_ms) {
  if (config.mode == RecognizerMode::kTflm) return kTflmHistory;
  return static_cast<size_t>(config.average_window_ms / period_ms) + 1;
}

Status CheckConfig(const RecognizerConfig& config, int label_count, int period_ms) {
  using Recognizer = CommandRecognizer;
  EARSHOT_RETURN_IF_ERROR(CheckRange("number of labels", label_count, 1, Recognizer::kMaxLabels));
  EARSHOT_RETURN_IF_ERROR(CheckRange("period_ms", period_ms, 1, INT32_MAX));
  EARSHOT_RETURN_IF_ERROR(CheckRange("average_window_ms", config.average_window_ms, 0,
                                     Recognizer::kMaxAverageWindowMs));
  EARSHOT_RETURN_IF_ERROR(CheckRange("suppression_ms", config.suppression_ms, 0, INT32_MAX));
  EARSHOT_RETURN_IF_ERROR(CheckRange("minimum_count", config.minimum_count, 1, INT32_MAX));
  if (config.mode == RecognizerMode::kTflm) return OkStatus();

  EARSHOT_RETURN_IF_ERROR(
      CheckRange("release_threshold", config.release_threshold, 1, config.threshold));
  if (AllAreBackground(config, label_count)) {
    return Invalid("labels that are not background", 0, 1);
  }
  if (config.average_window_ms != 0 && config.average_window_ms < period_ms) {
    return Invalid("average_window_ms: shorter than period_ms", config.average_window_ms,
                   period_ms);
  }
  return CheckRange("minimum_count: more than results in average_window_ms", config.minimum_count,
                    1, static_cast<int64_t>(HistoryCapacity(config, period_ms)));
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
  Arena arena{Span<uint8_t>()};
  ScoreHistory(HistoryCapacity(config, period_ms), static_cast<size_t>(label_count), arena);
  uint32_t offset = 0;
  arena.Allocate<LabelState>(static_cast<size_t>(label_count), &offset);
  return static_cast<size_t>(arena.used());
}

Status CommandRecognizer::Create(const RecognizerConfig& config, int label_count, int period_ms,
                                 int window_ms, Span<uint8_t> memory,
                                 CommandRecognizer* recognizer) {
  *recognizer = CommandRecognizer();
  EARSHOT_RETURN_IF_ERROR(CheckConfig(config, label_count, period_ms));
  EARSHOT_RETURN_IF_ERROR(CheckRange("window_ms", window_ms, 1, INT32_MAX));
  const size_t misalignment = reinterpret_cast<uintptr_t>(memory.data()) % kMemoryAlignment;
  if (misalignment != 0) {
    return Invalid("memory: remainder of its address to the wanted alignment",
                   static_cast<int64_t>(misalignment), kMemoryAlignment);
  }
  const size_t required = RequiredBytes(config, label_count, period_ms);
  if (memory.size() < required) {
    return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kRecognizer}, "memory",
                     StatusUnit::kBytes, static_cast<int64_t>(memory.size()),
                     static_cast<int64_t>(required));
  }
  Arena arena(memory);
  recognizer->config_ = config;
  recognizer->window_ms_ = window_ms;
  recognizer->history_ =
      ScoreHistory(HistoryCapacity(config, period_ms), static_cast<size_t>(label_count), arena);
  uint32_t offset = 0;
  recognizer->labels_ = arena.Allocate<LabelState>(static_cast<size_t>(label_count), &offset);
  return OkStatus();
}

void CommandRecognizer::Reset() {
  history_.Clear();
  for (LabelState& label : labels_) label = LabelState();
  newest_ms_ = kNever;
  supported_label_ = -1;
  tflm_previous_label_ = kSilence;
  tflm_previous_ms_ = kNever;
}

Status CommandRecognizer::Process(int64_t time_ms, Span<const uint8_t> scores, Result* result,
                                  Detection* detection) {
  if (labels_.empty()) {
    return MakeError(StatusCode::kFailedPrecondition, {StatusSubject::kRecognizer},
                     "Create() has not succeeded");
  }
  if (scores.size() != labels_.size()) {
    return Invalid("number of scores", static_cast<int64_t>(scores.size()),
                   static_cast<int64_t>(labels_.size()));
  }
  EARSHOT_RETURN_IF_ERROR(CheckTime(time_ms));
  TrackSupport(time_ms, scores);
  newest_ms_ = time_ms;
  *result = config_.mode == RecognizerMode::kTflm ? ProcessTflm(time_ms, scores)
                                                  : ProcessEarshot(time_ms, scores);
  if (result->is_new) *detection = MakeDetection(time_ms, *result);
  return OkStatus();
}

Status CommandRecognizer::CheckTime(int64_t time_ms) const {
  if (config_.mode == RecognizerMode::kTflm) {
    EARSHOT_RETURN_IF_ERROR(CheckRange("time_ms", time_ms, INT32_MIN, INT32_MAX));
    if (!history_.empty() && time_ms < history_.oldest_ms()) {
      return Invalid("time_ms: before the oldest result", time_ms, history_.oldest_ms());
    }
    return OkStatus();
  }
  if (time_ms < 0) return Invalid("time_ms", time_ms, 0);
  if (time_ms < newest_ms_) {
    return Invalid("time_ms: before the previous result", time_ms, newest_ms_);
  }
  return OkStatus();
}

CommandRecognizer::Result CommandRecognizer::ProcessEarshot(int64_t time_ms,
                                                            Span<const uint8_t> scores) {
  history_.DropBefore(time_ms - config_.average_window_ms);
  if (history_.full()) history_.DropOldest();
  history_.Push(time_ms, scores);
  for (size_t i = 0; i < labels_.size(); ++i) {
    if (history_.Average(i) < config_.release_threshold) labels_[i].armed = true;
  }
  Result result = Top();
  result.is_new = HasEnoughEvidence(time_ms) && MayBeAnnounced(time_ms, result);
  if (result.is_new) {
    LabelState& label = labels_[static_cast<size_t>(result.label)];
    label.armed = false;
    label.announced_ms = time_ms;
  }
  return result;
}

bool CommandRecognizer::MayBeAnnounced(int64_t time_ms, const Result& top) const {
  if (top.score <= config_.threshold || IsBackground(config_, top.label)) return false;
  const LabelState& label = labels_[static_cast<size_t>(top.label)];
  if (!label.armed) return false;
  return label.announced_ms == kNever || time_ms - label.announced_ms >= config_.suppression_ms;
}

// What TFLM does, its faults included; app/README.md names them.
CommandRecognizer::Result CommandRecognizer::ProcessTflm(int64_t time_ms,
                                                         Span<const uint8_t> scores) {
  if (!history_.full()) history_.Push(time_ms, scores);
  history_.DropBefore(time_ms - config_.average_window_ms);
  if (!HasEnoughEvidence(time_ms)) return Result{tflm_previous_label_, 0, false};

  Result result = Top();
  const bool suppressed =
      tflm_previous_label_ != kSilence && time_ms - tflm_previous_ms_ <= config_.suppression_ms;
  result.is_new =
      result.score > config_.threshold && (result.label != tflm_previous_label_ || !suppressed);
  if (result.is_new) {
    tflm_previous_label_ = result.label;
    tflm_previous_ms_ = time_ms;
  }
  return result;
}

bool CommandRecognizer::HasEnoughEvidence(int64_t time_ms) const {
  return history_.size() >= static_cast<size_t>(config_.minimum_count) &&
         time_ms - history_.oldest_ms() >= config_.average_window_ms / kEvidenceDivisor;
}

CommandRecognizer::Result CommandRecognizer::Top() const {
  Result top{0, history_.Average(0), false};
  for (size_t i = 1; i < labels_.size(); ++i) {
    const uint8_t average = history_.Average(i);
    if (average > top.score) top = Result{static_cast<int32_t>(i), average, false};
  }
  return top;
}

void CommandRecognizer::TrackSupport(int64_t time_ms, Span<const uint8_t> scores) {
  const int32_t highest = IndexOfHighest(scores);
  const int32_t supported = scores[static_cast<size_t>(highest)] >= kSupport ? highest : -1;
  const bool overlaps_previous = newest_ms_ > time_ms - window_ms_;
  if (supported >= 0) {
    LabelState& label = labels_[static_cast<size_t>(supported)];
    if (supported != supported_label_ || !overlaps_previous) label.run_first_ms = time_ms;
    label.run_last_ms = time_ms;
  }
  supported_label_ = supported;
}

Detection CommandRecognizer::MakeDetection(int64_t time_ms, const Result& result) const {
  const LabelState& label = labels_[static_cast<size_t>(result.label)];
  int64_t first = time_ms;
  int64_t last = time_ms;
  if (label.run_last_ms >= time_ms - config_.average_window_ms) {
    first = label.run_first_ms;
    last = label.run_last_ms;
  }
  const int64_t end = first > 0 ? first : 0;
  int64_t start = last - window_ms_;
  if (start < 0) start = 0;
  if (start > end) start = end;
  return Detection{result.label, result.score, start, end, time_ms};
}

}  // namespace earshot
