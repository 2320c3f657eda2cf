// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// KeywordDetector: from frames of features to detected words. KeywordSpotter puts a front end
// before it; several detectors may hear the features of one front end.
//
//   uint16 features -> FeatureBuffer -> Interpreter -> CommandRecognizer -> Detection
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/command_recognizer.h"
#include "earshot/app/feature_buffer.h"
#include "earshot/app/spotter_config.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"
#include "earshot/runtime/shared_arena.h"

namespace earshot {

// Not thread-safe: one thread at a time uses a detector. Any number of them may share a model, a
// resolver and tables, which are only read.
class KeywordDetector {
 public:
  // Where the memory must begin.
  static constexpr size_t kMemoryAlignment = kArenaAlignment;

  struct Result {
    Span<const uint8_t> scores;  // Q0.8, one per label. Empty: no inference in this call.
    int64_t time_ms = 0;         // Where the audio of that inference ends, since the start.
    CommandRecognizer::Result recognized;
    const Detection* detection = nullptr;  // Null: none.
  };

  // Unusable: to be assigned to by Create().
  KeywordDetector() = default;
  KeywordDetector(const KeywordDetector&) = delete;
  KeywordDetector& operator=(const KeywordDetector&) = delete;
  KeywordDetector(KeywordDetector&&) = default;
  KeywordDetector& operator=(KeywordDetector&&) = default;

  // Sets up everything in `memory`, one block for the recognizer and the interpreter's arena, whose
  // input tensor is the feature buffer. The model (and its bytes), the resolver's kernels and the
  // memory stay with the caller, who keeps them while the detector is used; `config` is copied. Of
  // its tables only the window's length, the sample rate and the number of channels are read, here.
  // `idle_bytes`: how much idle_memory() the caller wants.
  //
  // The model takes one int8 tensor of frames x channels features (flat, or with those two
  // dimensions innermost beside extents of 1), quantized as the front end's features are: zero
  // point -128, scale within 1 % of 26/255. It gives one tensor of label_count scores
  // (earshot/app/score.h).
  //
  // After an error `*detector` is unusable and the contents of `memory` are undefined.
  // kInvalidArgument: a number of `config` is outside its range or does not fit the model, which is
  //   to remember and would not hear each frame once; the model is not loaded; or memory
  //   does not begin at a multiple of kMemoryAlignment; the parts' own Create() say more.
  // kUnsupported: the model's inputs or outputs are not as above, or AllocateTensors() says so.
  // kInvalidModel: from AllocateTensors().
  // kArenaTooSmall: found: the size of `memory`; wanted: what the whole block needs. As with
  //   Interpreter::AllocateTensors(), a block too small for planning gets a lower bound: enlarge to
  //   `wanted` and repeat.
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory,
                       KeywordDetector* detector);

  // The same on an arena that it shares with other detectors: an inference of one overwrites the
  // idle memory of all. `result` of Hear() stays valid until the next call all the same.
  // kArenaTooSmall, kInvalidArgument: also from SharedArena.
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, size_t idle_bytes, SharedArena* arena,
                       KeywordDetector* detector);

  // The same for a model on features of the log mel front end: config.tables are kLogMelTables, and
  // the input's scale is from half of 1/255 to 1 % above it. It hears with HearLogMel(), or
  // PushLogMel(): two names, so that an image links one of them.
  static Status CreateLogMel(const Model& model, const OperatorResolver& resolver,
                             const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory,
                             KeywordDetector* detector);

  // Hears the next frame: one feature per channel, as the front end of the configuration gives
  // them. They may lie in idle_memory().
  //
  // The first inference comes with the first frame(s), when the rest of the window is still
  // silence. What `*result` points to is valid until the next call. kFailedPrecondition: Create()
  // has not succeeded. kInvalidArgument: not one feature per channel; nothing was heard.
  Status Hear(Span<const uint16_t> features, Result* result);
  Status HearLogMel(Span<const uint16_t> features, Result* result);

  // The same in two steps, without its checks: Push() takes a frame and tells whether an inference
  // is due; Infer() makes it, before the next frame, and only fills in what an empty `*result`
  // lacks. Preconditions: ready(); one feature per channel.
  bool Push(Span<const uint16_t> features);
  bool PushLogMel(Span<const uint16_t> features);
  Status Infer(Result* result);

  // CommandRecognizer::CloseGate().
  void CloseGate(bool is_closed) { recognizer_.CloseGate(is_closed); }

  // As freshly created, what a model itself remembers included.
  void Reset();

  bool ready() const { return ready_; }  // Create() has succeeded.

  // The whole block: one of this many bytes is enough, one byte less is not. The same on every
  // target. On a shared arena: what persists, and its activations.
  size_t used_bytes() const { return arena_offset_ + arena_used_bytes(); }
  // The interpreter's part of it.
  size_t arena_used_bytes() const { return interpreter_.arena_used_bytes(); }
  // As many bytes as Create() was asked for, at a multiple of kMemoryAlignment: the caller's from
  // the end of one call of Hear() until the next has read its features. They share the memory of
  // activations, so they often cost nothing.
  Span<uint8_t> idle_memory() const { return interpreter_.idle_memory(); }

  // The length of audio that is in the model's input for one inference ...
  int32_t input_ms() const { return input_ms_; }
  // ... and that the answer depends on, as far as SpotterConfig::context_ms says.
  int32_t context_ms() const { return context_ms_; }
  int32_t label_count() const { return static_cast<int32_t>(scores_.size()); }

  // For profilers, and for whoever wants to read more outputs than scores; outputs are valid until
  // the next call of Hear().
  Interpreter& interpreter() { return interpreter_; }

 private:
  // kCheckInput: what the model's input must be (earshot/app/model_input.h).
  template <Status (*kCheckInput)(const TensorInfo& input, int channels, int* frames)>
  Status Initialize(const Model& model, const OperatorResolver& resolver,
                    const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory);
  template <Status (*kCheckInput)(const TensorInfo& input, int channels, int* frames)>
  Status Configure(const Model& model, const SpotterConfig& config, size_t* recognizer_bytes);
  Status CheckFrame(size_t features, Result* result) const;
  Status AllocateInterpreter(const Model& model, const OperatorResolver& resolver,
                             const AllocationOptions& options, Span<uint8_t> memory);
  Status Begin(const SpotterConfig& config, Span<uint8_t> recognizer, Span<uint8_t> scores);

  FeatureBuffer features_;
  CommandRecognizer recognizer_;
  Interpreter interpreter_;
  Span<uint8_t> scores_;
  Detection detection_ = {};
  size_t arena_offset_ = 0;
  int32_t frame_ms_ = 0;  // The audio behind one feature frame.
  int32_t stride_ms_ = 0;
  int32_t input_ms_ = 0;
  int32_t context_ms_ = 0;
  int64_t heard_ms_ = 0;  // Where the audio of the latest frame ends.
  bool ready_ = false;
};

}  // namespace earshot
