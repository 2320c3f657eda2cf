// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// KeywordSpotter: the whole way from microphone samples to detected words.
//
//   int16 PCM -> Frontend -> KeywordDetector -> Detection
//
// There is one class for each front end, KeywordSpotter, LogMelSpotter and, where that is known
// only when a model is loaded, AnySpotter: so an image links the front end of its models and no
// other.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/keyword_detector.h"
#include "earshot/app/spotter_config.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// What one call of a spotter brought.
struct SpotterResult : KeywordDetector::Result {
  size_t consumed = 0;  // Samples taken from the front of what was given.
};

// Not thread-safe: one thread at a time uses a spotter. Any number of spotters may share a model, a
// resolver and tables, which are only read.
template <typename FrontendType>
class BasicKeywordSpotter {
 public:
  // Where the memory must begin.
  static constexpr size_t kMemoryAlignment = KeywordDetector::kMemoryAlignment;

  using Result = SpotterResult;

  // Unusable: to be assigned to by Create().
  BasicKeywordSpotter() = default;
  BasicKeywordSpotter(const BasicKeywordSpotter&) = delete;
  BasicKeywordSpotter& operator=(const BasicKeywordSpotter&) = delete;
  BasicKeywordSpotter(BasicKeywordSpotter&&) noexcept = default;
  BasicKeywordSpotter& operator=(BasicKeywordSpotter&&) noexcept = default;

  // Sets up everything in `memory`, one block: first the front end's state, then the detector, in
  // whose idle memory the front end works between two inferences. The model (and its bytes), the
  // resolver's kernels, the tables and the memory stay with the caller, who keeps them while the
  // spotter is used; `config` is copied. What the model must be, KeywordDetector::Create() says.
  //
  // After an error `*spotter` is unusable and the contents of `memory` are undefined.
  // kInvalidArgument, kUnsupported, kInvalidModel: from KeywordDetector::Create() and the front
  //   end's; memory does not begin at a multiple of kMemoryAlignment.
  // kArenaTooSmall: found: the size of `memory`; wanted: what the whole block needs. A block too
  //   small for planning gets a lower bound: enlarge to `wanted` and repeat.
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, Span<uint8_t> memory,
                       BasicKeywordSpotter* spotter);

  // Hears some samples: 16-bit, mono, at the tables' sample rate. Takes at most what completes one
  // inference, so call it with the rest until all is consumed. What is heard depends on the samples
  // only, not on how they are cut into calls.
  //
  // The first inference comes with the first frame(s), when the rest of the window is still
  // silence. What `*result` points to is valid until the next call. kFailedPrecondition: Create()
  // has not succeeded.
  Status Feed(Span<const int16_t> samples, Result* result);

  // CommandRecognizer::CloseGate().
  void CloseGate(bool is_closed) { detector_.CloseGate(is_closed); }

  // As freshly created, what a model itself remembers included.
  void Reset();

  // The whole block: one of this many bytes is enough, one byte less is not. The same on every
  // target.
  size_t used_bytes() const { return frontend_bytes_ + detector_.used_bytes(); }
  // The interpreter's part of it.
  size_t arena_used_bytes() const { return detector_.arena_used_bytes(); }
  // The length of audio that is in the model's input for one inference ...
  int32_t input_ms() const { return detector_.input_ms(); }
  // ... and that the answer depends on, as far as SpotterConfig::context_ms says.
  int32_t context_ms() const { return detector_.context_ms(); }
  int32_t label_count() const { return detector_.label_count(); }

  // For profilers, and for whoever wants to read more outputs than scores; outputs are valid until
  // the next call of Feed().
  Interpreter& interpreter() { return detector_.interpreter(); }

 private:
  Status Initialize(const Model& model, const OperatorResolver& resolver,
                    const SpotterConfig& config, Span<uint8_t> memory);

  FrontendType frontend_;
  KeywordDetector detector_;
  size_t frontend_bytes_ = 0;  // The front end's state, before the detector's part of the block.
};

// On the front end that the field's models are trained with (earshot/frontend/frontend.h).
extern template class BasicKeywordSpotter<Frontend>;
using KeywordSpotter = BasicKeywordSpotter<Frontend>;

}  // namespace earshot
