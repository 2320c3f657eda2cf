// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/tflm_recognizer.h"

#include "earshot/app/argument_checks.h"

namespace earshot {
namespace {

constexpr StatusSubject kSubject = StatusSubject::kRecognizer;
constexpr int32_t kEvidenceDivisor = 4;  // Results must span this part of the averaging window.

}  // namespace

Status TflmRecognizer::Create(const TflmRecognizerConfig& config, int label_count,
                              TflmRecognizer* recognizer) {
  // Unusable until all is checked. Not by assignment: that would take a history's room of stack.
  recognizer->label_count_ = 0;
  recognizer->Reset();
  const RangeCheck checks[] = {
      {"number of labels"_text, label_count, 1, kMaxLabels},
      {"average_window_ms"_text, config.average_window_ms, 0, INT32_MAX},
      {"suppression_ms"_text, config.suppression_ms, 0, INT32_MAX},
      {"minimum_count"_text, config.minimum_count, 1, INT32_MAX},
  };
  EARSHOT_RETURN_IF_ERROR(CheckRanges(kSubject, checks));
  recognizer->config_ = config;
  recognizer->label_count_ = static_cast<size_t>(label_count);
  return OkStatus();
}

void TflmRecognizer::Reset() {
  first_ = 0;
  size_ = 0;
  previous_label_ = kSilence;
}

Status TflmRecognizer::Process(int64_t time_ms, Span<const uint8_t> scores, Result* result) {
  if (label_count_ == 0) return NotCreated(kSubject);
  if (scores.size() != label_count_) {
    return InvalidNumber(kSubject, "number of scores"_text, static_cast<int32_t>(scores.size()),
                         static_cast<int32_t>(label_count_));
  }
  const int32_t now_ms = StatusNumber(time_ms);
  if (now_ms != time_ms)
    return InvalidNumber(kSubject, "time_ms: not 32 bits wide"_text, now_ms, 0);
  if (size_ != 0 && now_ms < At(0).time_ms) {
    return InvalidNumber(kSubject, "time_ms: before the oldest result"_text, now_ms, At(0).time_ms);
  }

  if (size_ < kHistory) {  // A full history drops the newest result.
    Heard& newest = history_[(first_ + size_) % kHistory];
    newest.time_ms = now_ms;
    for (size_t label = 0; label < label_count_; ++label) newest.scores[label] = scores[label];
    ++size_;
  }
  while (size_ != 0 && At(0).time_ms < time_ms - config_.average_window_ms) {
    first_ = (first_ + 1) % kHistory;
    --size_;
  }

  *result = Result{previous_label_, 0, Decision::kTooFewResults};
  if (size_ == 0 || size_ < static_cast<size_t>(config_.minimum_count) ||
      time_ms - At(0).time_ms < config_.average_window_ms / kEvidenceDivisor) {
    return OkStatus();
  }
  *result = Top();
  if (result->score <= config_.threshold) return OkStatus();
  const bool is_suppressed = result->label == previous_label_ && previous_label_ != kSilence &&
                             time_ms - previous_ms_ <= config_.suppression_ms;
  result->decision = is_suppressed ? Decision::kSuppressed : Decision::kAnnounced;
  if (is_suppressed) return OkStatus();
  previous_label_ = result->label;
  previous_ms_ = now_ms;
  return OkStatus();
}

// The label with the highest average, the lower one where two are equal; as if below the threshold.
// Precondition: the history is not empty.
TflmRecognizer::Result TflmRecognizer::Top() const {
  Result top{kSilence, 0, Decision::kBelowThreshold};
  for (size_t label = 0; label < label_count_; ++label) {
    uint32_t sum = 0;
    for (size_t i = 0; i < size_; ++i) sum += At(i).scores[label];
    const auto average = static_cast<uint8_t>(sum / static_cast<uint32_t>(size_));
    if (average <= top.score) continue;
    top.label = static_cast<int32_t>(label);
    top.score = average;
  }
  return top;
}

}  // namespace earshot
