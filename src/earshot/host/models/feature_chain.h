// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureChain: features that other models make of the sound, one after the other, in place of the
// front end.
//
//   samples -> stage 0 -> rows -> stage 1 -> rows ... -> features
//
// A stage is a model, the rows that it sees at once (its frame), and how many of these are new each
// time (its hop). A row of stage 0 is a sample; each stage gives rows of its own, one or more at a
// time, of which the next one takes whole lots. What lies before the beginning of the sound is
// silence that has always been.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/host/models/model_file.h"
#include "earshot/models/feature_stage.h"
#include "earshot/runtime/model.h"

namespace earshot::host {

// The models of a chain: loaded, measured, and only read from then on, by any number of chains.
class ChainModels {
 public:
  struct Stage {
    FeatureStage what;
    AlignedBytes file;  // For an input of another shape than in the file, rewritten for it.
    Model model;
    int32_t in_width = 1;   // Numbers in a row that it takes ...
    int32_t out_width = 1;  // ... and in a row that it gives, ...
    int32_t out_rows = 1;   // ... and rows that it gives at a time.
  };

  // Throws ModelError, which names the stage and its file: it cannot be read or run, or does not
  // fit what comes before it; the chain is slower than features may be, or looks back too far.
  explicit ChainModels(const std::vector<FeatureStage>& stages);

  const std::vector<Stage>& stages() const { return stages_; }
  // Of the features: numbers in a row, rows at a time, and the time from one time to the next.
  int32_t width() const { return stages_.back().out_width; }
  int32_t rows() const { return stages_.back().out_rows; }
  int32_t stride_ms() const { return stride_ms_; }
  // How far back in the sound `rows` of features, a multiple of rows() or not, reach.
  int32_t ContextMs(int64_t rows) const;

  // Whether both make the same features: of the same files, whatever they are called.
  bool operator==(const ChainModels& other) const;

 private:
  Stage LoadStage(const FeatureStage& what, int32_t in_width) const;

  std::vector<Stage> stages_;
  std::vector<int64_t> period_samples_;  // Of each stage, from one time that it runs to the next.
  int32_t stride_ms_ = 0;
};

// The latest rows that somebody hears.
class RowWindow {
 public:
  RowWindow() = default;
  RowWindow(int32_t rows, int32_t width)
      : width_(static_cast<size_t>(width)), values_(static_cast<size_t>(rows) * width_) {}

  // Whole rows, the latest last. Any number of them.
  void Push(Span<const float> rows);
  // As if these rows had come again and again.
  void FillWith(Span<const float> rows);

  Span<const float> values() const { return values_; }

 private:
  size_t width_ = 1;
  std::vector<float> values_;
};

// One thread at a time uses a chain.
class FeatureChain {
 public:
  struct Result {
    Span<const float> features;  // rows() * width() of them; empty: not yet. Until the next call.
    size_t consumed = 0;         // Samples taken from the front of what was given.
  };

  // The models outlive the chain. Throws ModelError: one does not run.
  explicit FeatureChain(const ChainModels& models);

  // Hears some samples: 16-bit, mono, 16 kHz. Takes at most what completes one lot of features, so
  // call it with the rest until all is consumed. The features depend on the samples only, not on
  // how they are cut into calls. Throws ModelError.
  Result Process(Span<const int16_t> samples);

  // As freshly created, what models themselves remember included.
  void Reset();

  const ChainModels& models() const { return models_; }
  // The features of silence that has always been.
  Span<const float> silence() const { return silence_; }

 private:
  struct Stage {
    ModelRunner runner;
    RowWindow window;
    RowWindow start;      // What `window` holds before the first sample.
    int32_t missing = 0;  // New rows until it runs.
    std::vector<float> given;
  };

  void Run(size_t stage);
  bool Push(size_t stage, Span<const float> rows);

  const ChainModels& models_;
  std::vector<Stage> stages_;
  std::vector<float> silence_;
  std::vector<float> samples_;  // As floats.
};

}  // namespace earshot::host
