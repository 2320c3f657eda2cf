// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// KeywordGroup: several models that hear the features of one front end, on one arena.
//
//   int16 PCM -> Frontend -> a KeywordDetector for each model -> Detections of each
//
// Their inferences come one after the other, so they share the memory of activations
// (earshot/runtime/shared_arena.h): one more model costs what persists of it.
//
// The first model may be a gate, as models of voice activity are: the others announce words only
// while its average is above its own threshold. A word that is heard before the gate opens is
// announced when it opens, if its own average still is above its threshold then.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/keyword_detector.h"
#include "earshot/app/spotter_config.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// Not thread-safe: one thread at a time uses a group.
class KeywordGroup {
 public:
  static constexpr size_t kMemoryAlignment = KeywordDetector::kMemoryAlignment;
  static constexpr size_t kMostModels = 32;

  // All of it stays with the caller, who keeps it while the group is used.
  struct Member {
    const Model* model;
    const OperatorResolver* resolver;
    const SpotterConfig* config;
  };

  // One answer of one model.
  struct Result : KeywordDetector::Result {
    size_t consumed = 0;  // Samples taken from the front of what was given.
    size_t member = 0;    // Whose answer it is.
  };

  // Unusable: to be assigned to by Create().
  KeywordGroup() = default;
  KeywordGroup(const KeywordGroup&) = delete;
  KeywordGroup& operator=(const KeywordGroup&) = delete;
  KeywordGroup(KeywordGroup&&) = default;
  KeywordGroup& operator=(KeywordGroup&&) = default;

  // Sets up everything in `memory`, one block. `detectors`: one for each member, whatever is in
  // them; they stay with the caller, too. What each model must be, KeywordDetector::Create() says.
  //
  // After an error `*group` is unusable and the contents of `memory` are undefined.
  // kInvalidArgument: not 1 to kMostModels members, or not as many detectors; members whose stride
  //   or tables are not those of the first; a gate that is the only member; or from
  //   KeywordDetector::Create() and Frontend::Create().
  // kUnsupported, kInvalidModel: from KeywordDetector::Create().
  // kArenaTooSmall: found: the size of `memory`; wanted: what all members so far need. Enlarge to
  //   `wanted` and repeat.
  static Status Create(Span<const Member> members, bool first_is_gate, Span<uint8_t> memory,
                       Span<KeywordDetector> detectors, KeywordGroup* group);

  // Hears some samples: 16-bit, mono, at the tables' sample rate. Comes back at each answer of a
  // member, so call it with the rest until all is consumed and there is no answer; an empty rest is
  // fine. Answers for the same sound come in the order of the members. What `*result` points to is
  // valid until the next call. kFailedPrecondition: Create() has not succeeded.
  Status Feed(Span<const int16_t> samples, Result* result);

  // As freshly created.
  void Reset();

  // The whole block: one of this many bytes is enough, one byte less is not. The same on every
  // target.
  size_t used_bytes() const { return used_bytes_; }

 private:
  Status Initialize(Span<const Member> members, Span<uint8_t> memory);
  void Push(Span<const uint16_t> features);
  Status Infer(Result* result);

  Frontend frontend_;
  Span<KeywordDetector> detectors_;
  size_t used_bytes_ = 0;
  uint32_t due_ = 0;  // Bit i: detector i is to be asked about the latest frame.
  bool first_is_gate_ = false;
};

}  // namespace earshot
