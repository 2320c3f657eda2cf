// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Spotter: a model that hears recordings, with all that it takes: memory, and a front end or a
// chain of other models before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "earshot/app/any_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/host/models/chain_detector.h"
#include "earshot/host/models/feature_chain.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/models/packed_block.h"

namespace earshot::host {

// What the model of voice activity says about the sound that it has heard (KeywordModel::voice()).
// It has a front end of its own. The model outlives it.
class VoiceGate {
 public:
  // Throws ModelError: it does not run, or takes what other models make of the sound.
  explicit VoiceGate(const KeywordModel& voice);

  // Hears the first of these samples, to the end of the millisecond, and gives how many. Frames of
  // all front ends end with a millisecond, so a word is judged by what was heard of voices until
  // then, however the sound is cut into pieces.
  size_t HearPiece(Span<const int16_t> samples);
  // While the average of none of its keywords is above its threshold. Until its first answer, too.
  bool is_closed() const { return is_closed_; }
  const KeywordModel& voice() const { return voice_; }
  void Reset();

 private:
  const KeywordModel& voice_;
  AnySpotter spotter_;
  AlignedBytes memory_;       // The spotter's, so it comes behind it.
  PackedBlock packed_;        // Its weights.
  size_t heard_samples_ = 0;  // Of the current millisecond.
  bool is_closed_ = true;
};

// Not thread-safe. The model outlives it.
class Spotter {
 public:
  struct Result : AnySpotter::Result {
    bool gate_is_closed = false;  // Nothing is announced, for want of a voice.
  };

  // In exactly the memory that it needs. `config`: the model's, or what is made of it. Throws
  // ModelError: it does not run, or its voice model does not.
  Spotter(const KeywordModel& model, const SpotterConfig& config);

  // As AnySpotter::Feed(); throws ModelError. On a chain the first answer comes with the first
  // features, and what lies before the sound is silence that has always been.
  Result Feed(Span<const int16_t> samples);
  void Reset();

  // Of a chain, what its first model sees at once.
  int32_t input_ms() const;

 private:
  // In place of AnySpotter. The detector knows where the chain lies.
  struct OnChain {
    OnChain(const KeywordModel& model, const SpotterConfig& config);

    FeatureChain chain;
    ChainDetector detector;
  };

  void CloseGate(bool is_closed);
  Status FeedModel(Span<const int16_t> samples, AnySpotter::Result* result);

  const KeywordModel& model_;
  AnySpotter spotter_;
  AlignedBytes memory_;              // The spotter's, so it comes behind it.
  PackedBlock packed_;               // Its weights.
  std::unique_ptr<OnChain> chain_;   // Null: the model is on the front end.
  std::unique_ptr<VoiceGate> gate_;  // Null: there is none.
  size_t past_gate_ = 0;             // Samples that the gate has heard and the spotter has not.
};

}  // namespace earshot::host
