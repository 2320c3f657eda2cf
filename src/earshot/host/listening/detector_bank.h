// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// DetectorBank: several models that hear the same sound, on as few front ends and chains of other
// models as they need.
//
//   samples -> Frontend     -> features -> a KeywordDetector for each model that takes them
//           -> FeatureChain -> features -> a ChainDetector   for each model that takes them
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "earshot/app/keyword_detector.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/frontend/any_frontend.h"
#include "earshot/host/models/chain_detector.h"
#include "earshot/host/models/feature_chain.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/host/models/spotter.h"
#include "earshot/models/packed_block.h"

namespace earshot::host {

class DetectorBank {
 public:
  // What a model has answered, by its index.
  using OnAnswer = std::function<void(size_t model, const KeywordDetector::Result& result)>;

  // Models outlive the bank. Each is gated by its own voice model, where it has one. Throws
  // ModelError: one does not run.
  explicit DetectorBank(std::vector<const KeywordModel*> models);

  // Hears some more samples: 16-bit, mono, 16 kHz. Each model answers what it would answer in a
  // Spotter. Answers of models that share a front end or a chain come in the order of the sound,
  // and for the same sound in the order of the models.
  void Hear(Span<const int16_t> samples, const OnAnswer& on_answer);

  // What comes next is a new sound.
  void Reset();

  // One for all models whose features are the same.
  size_t frontend_count() const { return streams_.size(); }
  size_t chain_count() const { return chains_.size(); }

 private:
  struct Member {
    size_t model;  // Index.
    AlignedBytes memory;
    KeywordDetector detector;
    PackedBlock packed;
  };
  // Features, and who hears them.
  struct Stream {
    AlignedBytes memory;
    AnyFrontend frontend;
    std::vector<Member> members;  // At least one.
  };

  struct Head {
    size_t model;  // Index.
    ChainDetector detector;
  };
  // The same on a chain. The detectors know where it lies.
  struct Chain {
    explicit Chain(const ChainModels& models) : chain(models) {}

    FeatureChain chain;
    std::vector<Head> members;  // At least one.
  };

  void AddToStream(size_t model);
  void AddToChain(size_t model);
  Stream* StreamFor(const KeywordModel& model);
  Chain* ChainFor(const ChainModels& models);
  void AddGate(size_t model);
  void HearPiece(Span<const int16_t> samples, const OnAnswer& on_answer);
  void HearOn(Stream* stream, Span<const int16_t> samples, const OnAnswer& on_answer) const;
  void HearOn(Chain* chain, Span<const int16_t> samples, const OnAnswer& on_answer) const;
  // `hear`: Status hear(KeywordDetector::Result* result), of that member.
  template <typename AnyMember, typename Function>
  void HearWith(AnyMember* member, const Function& hear, const OnAnswer& on_answer) const;

  std::vector<const KeywordModel*> models_;
  std::vector<Stream> streams_;
  std::vector<std::unique_ptr<Chain>> chains_;
  std::vector<std::unique_ptr<VoiceGate>> gates_;  // One for all models with the same.
  std::vector<const VoiceGate*> gate_of_;          // By model. Null: it has none.
};

}  // namespace earshot::host
