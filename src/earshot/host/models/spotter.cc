// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/spotter.h"

#include <algorithm>

#include "earshot/app/units.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"

namespace earshot::host {
namespace {

AlignedBytes Create(const KeywordModel& model, const SpotterConfig& config, AnySpotter* spotter) {
  return EnoughMemory(model.name(), [&](Span<uint8_t> memory) {
    return AnySpotter::Create(model.model(), AllKernelsResolver(), config, memory, spotter);
  });
}

}  // namespace

VoiceGate::VoiceGate(const KeywordModel& voice) : voice_(voice) {
  if (voice.chain() != nullptr) {
    throw ModelError(
        voice.name() +
        ": voice activity: found a model of features that other models make, wanted one of the "
        "front end's");
  }
  memory_ = Create(voice, voice.config(), &spotter_);
  packed_ = PackedBlock(&spotter_.interpreter());
}

size_t VoiceGate::HearPiece(Span<const int16_t> samples) {
  const size_t count = std::min(samples.size(), kSamplesPerMs - heard_samples_);
  heard_samples_ = (heard_samples_ + count) % kSamplesPerMs;
  Span<const int16_t> rest = samples.subspan(0, count);
  while (!rest.empty()) {
    AnySpotter::Result result;
    ThrowUnlessOk(spotter_.Feed(rest, &result), voice_.name());
    rest = rest.subspan(result.consumed);
    if (!result.scores.empty()) is_closed_ = !result.recognized.is_heard();
  }
  return count;
}

void VoiceGate::Reset() {
  spotter_.Reset();
  heard_samples_ = 0;
  is_closed_ = true;
}

Spotter::OnChain::OnChain(const KeywordModel& model, const SpotterConfig& config)
    : chain(*model.chain()), detector(model.name(), model.model(), config, chain) {}

Spotter::Spotter(const KeywordModel& model, const SpotterConfig& config) : model_(model) {
  if (model.chain() != nullptr) {
    chain_ = std::make_unique<OnChain>(model, config);
  } else {
    memory_ = Create(model, config, &spotter_);
    packed_ = PackedBlock(&spotter_.interpreter());
  }
  if (model.voice() != nullptr) gate_ = std::make_unique<VoiceGate>(*model.voice());
}

int32_t Spotter::input_ms() const {
  if (chain_ == nullptr) return spotter_.input_ms();
  return model_.chain()->stages()[0].what.frame / kSamplesPerMs;
}

void Spotter::CloseGate(bool is_closed) {
  if (chain_ == nullptr) return spotter_.CloseGate(is_closed);
  chain_->detector.CloseGate(is_closed);
}

Status Spotter::FeedModel(Span<const int16_t> samples, AnySpotter::Result* result) {
  if (chain_ == nullptr) return spotter_.Feed(samples, result);
  *result = AnySpotter::Result();
  const FeatureChain::Result heard = chain_->chain.Process(samples);
  result->consumed = heard.consumed;
  if (heard.features.empty()) return OkStatus();
  return chain_->detector.Hear(heard.features, result);
}

Spotter::Result Spotter::Feed(Span<const int16_t> samples) {
  Result result;
  size_t consumed = 0;
  while (consumed < samples.size() && result.scores.empty()) {
    Span<const int16_t> piece = samples.subspan(consumed);
    if (gate_ != nullptr) {
      if (past_gate_ == 0) past_gate_ = gate_->HearPiece(piece);
      piece = piece.subspan(0, std::min(piece.size(), past_gate_));
      CloseGate(gate_->is_closed());
    }
    ThrowUnlessOk(FeedModel(piece, &result), model_.name());
    consumed += result.consumed;
    if (gate_ != nullptr) past_gate_ -= result.consumed;
  }
  result.consumed = consumed;
  result.gate_is_closed = gate_ != nullptr && gate_->is_closed();
  return result;
}

void Spotter::Reset() {
  if (chain_ == nullptr) {
    spotter_.Reset();
  } else {
    chain_->chain.Reset();
    chain_->detector.Reset();
  }
  if (gate_ != nullptr) gate_->Reset();
  past_gate_ = 0;
}

}  // namespace earshot::host
