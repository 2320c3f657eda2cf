// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Classifier: from a recording to its label, or to the words in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/classification/clip_judge.h"
#include "earshot/host/classification/results.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/host/models/spotter.h"

namespace earshot::host {

// Recordings up to this long are clips: one word each.
constexpr double kMaxClipSeconds = 1.5;

enum class ClassifyMode {
  kAuto,    // Clip or stream, by kMaxClipSeconds.
  kClip,    // One label for the whole recording.
  kStream,  // Detections, as a device would make them.
};

// For the model's answers to one clip, as often as it can be asked. By default a keyword counts
// where it is on top, which says enough in a model whose scores share one certainty among keywords
// and background. In any other model, and where a threshold was given in place of the manifest's,
// it counts where the recognizer of streams would let it pass: its average is on top and above the
// threshold.
ClipJudge MakeClipJudge(const KeywordModel& model);

// Not thread-safe; each thread has its own. The model outlives it.
class Classifier {
 public:
  // `hears_end`: in streams, EndSilenceSamples() are heard behind the end. Throws ModelError when
  // the model does not run.
  explicit Classifier(const KeywordModel& model, bool hears_end = true);

  // Always from a fresh start. A recording that cannot be read gives a result with an error.
  // `channel`: as AudioFile().
  RecordingResult Classify(const std::string& path, ClassifyMode mode, int channel = kAllChannels);

 private:
  void ClassifyFile(AudioFile& file, ClassifyMode mode, RecordingResult* result);
  size_t ClipTailSamples() const;
  ClipAnswer JudgeClip(std::vector<int16_t> head, AudioFile& file);
  std::vector<Detection> Listen(const std::vector<int16_t>& head, AudioFile& file);

  const KeywordModel& model_;
  const bool hears_end_;
  Spotter stream_;        // For streams: asks the model as often as its configuration says.
  Spotter every_stride_;  // For clips: asks it at every stride, or as often as it can.
  // Asks it once, when the window is full: for clips of exactly that length. None: it remembers.
  std::optional<Spotter> one_window_;
  size_t window_samples_ = 0;
  size_t stride_samples_ = 0;
};

}  // namespace earshot::host
