// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TflmRecognizer: what another recognizer would have said, for comparison with CommandRecognizer.
//
// It gives the answers of RecognizeCommands, from TensorFlow Lite Micro's micro_speech example
// before 2023, fault for fault; earshot/app/README.md names the faults. No program needs it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/command_recognizer.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"

namespace earshot {

struct TflmRecognizerConfig {
  int32_t average_window_ms = 1000;  // Scores this old still count; not negative.
  uint8_t threshold = 200;           // Q0.8: an average above 200/256 announces its label.
  int32_t suppression_ms = 1500;     // Before the same label is announced again; not negative.
  int32_t minimum_count = 3;         // Results before anything is announced; at least 1.
};

class TflmRecognizer {
 public:
  static constexpr int kMaxLabels = 16;

  using Decision = CommandRecognizer::Decision;
  using Result = CommandRecognizer::Result;  // Never kBackground or kNotRearmed.

  // Unusable: to be assigned to by Create().
  TflmRecognizer() = default;

  // Label 0 is "silence". kInvalidArgument: a number is outside its range.
  static Status Create(const TflmRecognizerConfig& config, int label_count,
                       TflmRecognizer* recognizer);

  // Takes one Q0.8 score per label, heard at `time_ms`.
  //
  // kInvalidArgument: as many scores as labels are wanted; time_ms is not an int32_t or before the
  //   oldest result that is still in the history. The state is as before.
  // kFailedPrecondition: Create() has not succeeded.
  Status Process(int64_t time_ms, Span<const uint8_t> scores, Result* result);

  // As freshly created.
  void Reset();

 private:
  static constexpr size_t kHistory = 50;  // Results; kMaxResults in TFLM.
  static constexpr int32_t kSilence = 0;

  struct Heard {
    int32_t time_ms;
    uint8_t scores[kMaxLabels];
  };

  const Heard& At(size_t age_rank) const { return history_[(first_ + age_rank) % kHistory]; }
  Result Top() const;

  TflmRecognizerConfig config_;
  size_t label_count_ = 0;
  Heard history_[kHistory] = {};  // A ring.
  size_t first_ = 0;              // Where the oldest result is.
  size_t size_ = 0;
  int32_t previous_label_ = kSilence;  // What was announced last ...
  int32_t previous_ms_ = 0;            // ... and when.
};

}  // namespace earshot
