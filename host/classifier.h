// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Classifier: from a recording to its label, or to the words in it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/audio_file.h"
#include "host/keyword_model.h"
#include "host/results.h"

namespace earshot::host {

// Recordings up to this long are clips: one word each.
constexpr double kMaxClipSeconds = 1.5;

enum class ClassifyMode {
  kAuto,    // Clip or stream, by kMaxClipSeconds.
  kClip,    // One label for the whole recording.
  kStream,  // Detections, as a device would make them.
};

// Finds the best of many answers of a model to one clip: the one in which a word (not background)
// is on top with the highest score; where no word is ever on top, the mean of all.
class ClipJudge {
 public:
  // `background_labels`: bit i: label i is no word (RecognizerConfig::background_labels).
  ClipJudge(size_t label_count, uint32_t background_labels);

  void Add(Span<const uint8_t> scores);

  // Precondition: Add() was called.
  ClipAnswer Answer() const;

 private:
  bool IsBackground(size_t label) const;

  uint32_t background_labels_;
  std::vector<uint64_t> sums_;
  uint64_t count_ = 0;
  ClipAnswer best_;  // Empty: no word was on top so far.
};

// Not thread-safe; each thread has its own. The model outlives it.
class Classifier {
 public:
  // Throws ModelError when the model does not run.
  explicit Classifier(const KeywordModel& model);

  // Always from a fresh start. A recording that cannot be read gives a result with an error.
  RecordingResult Classify(const std::string& path, ClassifyMode mode);

 private:
  void ClassifyFile(AudioFile& file, ClassifyMode mode, RecordingResult* result);
  ClipAnswer JudgeClip(std::vector<int16_t> head, AudioFile& file);
  std::vector<Detection> Listen(const std::vector<int16_t>& head, AudioFile& file);

  const KeywordModel& model_;
  Spotter stream_;  // For streams: asks the model as often as its configuration says.
  Spotter
      every_stride_;    // For clips: asks it at every stride; if it remembers, as often as it can.
  Spotter one_window_;  // Asks it once, when the window is full: for clips of exactly that length.
  size_t window_samples_ = 0;
  size_t stride_samples_ = 0;
};

}  // namespace earshot::host
