// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/spotter.h"

#include <algorithm>

#include "earshot/app/units.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"

namespace earshot::host {
namespace {

AlignedBytes Create(const KeywordModel& model, const SpotterConfig& config,
                    KeywordSpotter* spotter) {
  return EnoughMemory(model.name(), [&](Span<uint8_t> memory) {
    return KeywordSpotter::Create(model.model(), AllKernelsResolver(), config, memory, spotter);
  });
}

}  // namespace

VoiceGate::VoiceGate(const KeywordModel& voice)
    : voice_(voice), memory_(Create(voice, voice.config(), &spotter_)) {}

size_t VoiceGate::HearPiece(Span<const int16_t> samples) {
  const size_t count = std::min(samples.size(), kSamplesPerMs - heard_samples_);
  heard_samples_ = (heard_samples_ + count) % kSamplesPerMs;
  Span<const int16_t> rest = samples.subspan(0, count);
  while (!rest.empty()) {
    KeywordSpotter::Result result;
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

Spotter::Spotter(const KeywordModel& model, const SpotterConfig& config)
    : model_(model), memory_(Create(model, config, &spotter_)) {
  if (model.voice() != nullptr) gate_ = std::make_unique<VoiceGate>(*model.voice());
}

Spotter::Result Spotter::Feed(Span<const int16_t> samples) {
  Result result;
  size_t consumed = 0;
  while (consumed < samples.size() && result.scores.empty()) {
    Span<const int16_t> piece = samples.subspan(consumed);
    if (gate_ != nullptr) {
      if (past_gate_ == 0) past_gate_ = gate_->HearPiece(piece);
      piece = piece.subspan(0, std::min(piece.size(), past_gate_));
      spotter_.CloseGate(gate_->is_closed());
    }
    ThrowUnlessOk(spotter_.Feed(piece, &result), model_.name());
    consumed += result.consumed;
    if (gate_ != nullptr) past_gate_ -= result.consumed;
  }
  result.consumed = consumed;
  result.gate_is_closed = gate_ != nullptr && gate_->is_closed();
  return result;
}

void Spotter::Reset() {
  spotter_.Reset();
  if (gate_ != nullptr) gate_->Reset();
  past_gate_ = 0;
}

}  // namespace earshot::host
