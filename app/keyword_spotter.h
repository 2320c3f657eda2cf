// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// KeywordSpotter: the whole way from microphone samples to detected words.
//
//   int16 PCM -> Frontend -> FeatureWindow -> Interpreter -> CommandRecognizer -> Detection
#pragma once

#include <cstddef>
#include <cstdint>

#include "app/command_recognizer.h"
#include "app/feature_window.h"
#include "base/span.h"
#include "base/status.h"
#include "frontend/frontend.h"
#include "runtime/interpreter.h"
#include "runtime/model.h"
#include "runtime/operator_resolver.h"

namespace earshot {

struct SpotterConfig {
  const FrontendTables* tables = nullptr;  // Those the model was trained with.
  int32_t stride_ms = 20;                  // From one feature frame to the next.
  // Frames from one inference to the next: 1 asks the model at every stride. Models that remember
  // (Model::remembers()) take each frame once: the number of frames in their input, no other.
  int32_t strides_per_inference = 1;
  int32_t label_count = 0;  // The model's outputs.
  // How far back in the audio one answer of the model reaches, up to kMaxContextMs; it tells where
  // a detection begins and ends. 0: as far as its input. Models that remember reach further.
  int32_t context_ms = 0;
  RecognizerConfig recognizer;
};

// Not thread-safe: one thread at a time uses a spotter. Any number of spotters may share a model, a
// resolver and tables, which are only read.
class KeywordSpotter {
 public:
  // Where the memory must begin.
  static constexpr size_t kMemoryAlignment = kArenaAlignment;
  // The most of SpotterConfig::context_ms.
  static constexpr int32_t kMaxContextMs = 60000;

  struct Result {
    size_t consumed = 0;         // Samples taken from the front of what was given.
    Span<const uint8_t> scores;  // Q0.8, one per label. Empty: no inference in this call.
    int64_t time_ms = 0;         // Where the audio of that inference ends, since the start.
    CommandRecognizer::Result recognized;
    const Detection* detection = nullptr;  // Null: none.
  };

  // Unusable: to be assigned to by Create().
  KeywordSpotter() = default;
  KeywordSpotter(const KeywordSpotter&) = delete;
  KeywordSpotter& operator=(const KeywordSpotter&) = delete;
  KeywordSpotter(KeywordSpotter&&) = default;
  KeywordSpotter& operator=(KeywordSpotter&&) = default;

  // Sets up everything in `memory`, one block for the front end's state, the recognizer and the
  // interpreter's arena, whose input is the feature window. The model (and its bytes), the
  // resolver's kernels, the tables and the memory stay with the caller, who keeps them while the
  // spotter is used; `config` is copied.
  //
  // The model takes one int8 tensor of frames x channels features (flat, or with those two
  // dimensions innermost beside extents of 1), quantized as the front end's features are: zero
  // point -128, scale within 1 % of 26/255. It gives one tensor of label_count scores
  // (app/score.h).
  //
  // After an error `*spotter` is unusable and the contents of `memory` are undefined.
  // kInvalidArgument: a number of `config` is outside its range or does not fit the model, which is
  //   to remember and would not hear each frame once; the model is not loaded; or memory
  //   does not begin at a multiple of kMemoryAlignment; the parts' own Create() say more.
  // kUnsupported: the model's inputs or outputs are not as above, or AllocateTensors() says so.
  // kInvalidModel: from AllocateTensors().
  // kArenaTooSmall: found: the size of `memory`; wanted: what the whole block needs. As with
  //   Interpreter::AllocateTensors(), a block too small for planning gets a lower bound: enlarge to
  //   `wanted` and repeat.
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, Span<uint8_t> memory, KeywordSpotter* spotter);

  // Hears some samples: 16-bit, mono, at the tables' sample rate. Takes at most what completes one
  // inference, so call it with the rest until all is consumed. What is heard depends on the samples
  // only, not on how they are cut into calls.
  //
  // The first inference comes with the first frame(s), when the rest of the window is still
  // silence. What `*result` points to is valid until the next call. kFailedPrecondition: Create()
  // has not succeeded.
  Status Feed(Span<const int16_t> samples, Result* result);

  // As freshly created, what a model itself remembers included.
  void Reset();

  // The whole block: one of this many bytes is enough, one byte less is not. The same on every
  // target.
  size_t used_bytes() const { return arena_offset_ + arena_used_bytes(); }
  // The interpreter's part of it.
  size_t arena_used_bytes() const { return interpreter_.arena_used_bytes(); }
  // The length of audio that is in the model's input for one inference ...
  int32_t window_ms() const { return window_ms_; }
  // ... and that the answer depends on, as far as SpotterConfig::context_ms says.
  int32_t context_ms() const { return context_ms_; }
  int32_t label_count() const { return static_cast<int32_t>(scores_.size()); }

  // For profilers, and for whoever wants to read more outputs than scores; outputs are valid until
  // the next call of Feed().
  Interpreter& interpreter() { return interpreter_; }

 private:
  Status Initialize(const Model& model, const OperatorResolver& resolver,
                    const SpotterConfig& config, Span<uint8_t> memory);
  Status AllocateInterpreter(const Model& model, const OperatorResolver& resolver,
                             size_t idle_bytes, Span<uint8_t> memory);
  Status Infer(Result* result);

  Frontend frontend_;
  FeatureWindow window_;
  CommandRecognizer recognizer_;
  Interpreter interpreter_;
  Span<uint8_t> scores_;
  Detection detection_ = {};
  size_t arena_offset_ = 0;
  int32_t frame_ms_ = 0;  // The audio behind one feature frame.
  int32_t stride_ms_ = 0;
  int32_t strides_per_inference_ = 0;
  int32_t strides_to_inference_ = 0;  // From the latest frame to the next inference.
  int32_t window_ms_ = 0;
  int32_t context_ms_ = 0;
  int64_t heard_ms_ = 0;  // Where the audio of the latest frame ends.
  bool ready_ = false;
};

}  // namespace earshot
