// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/detector_bank.h"

#include <utility>

#include "earshot/app/units.h"
#include "earshot/frontend/design/same_tables.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"

namespace earshot::host {
namespace {

bool SameFeatures(const SpotterConfig& a, const SpotterConfig& b) {
  return a.stride_ms == b.stride_ms && IsLogMel(*a.tables) == IsLogMel(*b.tables) &&
         SameTables(*a.tables, *b.tables);
}

}  // namespace

DetectorBank::DetectorBank(std::vector<const KeywordModel*> models) : models_(std::move(models)) {
  for (size_t i = 0; i < models_.size(); ++i) {
    if (models_[i]->chain() == nullptr) {
      AddToStream(i);
    } else {
      AddToChain(i);
    }
    AddGate(i);
  }
}

void DetectorBank::AddGate(size_t model) {
  gate_of_.push_back(nullptr);
  const KeywordModel* const voice = models_[model]->voice();
  if (voice == nullptr) return;
  for (const std::unique_ptr<VoiceGate>& gate : gates_) {
    if (gate->voice().name() == voice->name()) gate_of_.back() = gate.get();
  }
  if (gate_of_.back() != nullptr) return;
  gates_.push_back(std::make_unique<VoiceGate>(*voice));
  gate_of_.back() = gates_.back().get();
}

void DetectorBank::AddToStream(size_t model) {
  const KeywordModel& added = *models_[model];
  KeywordDetector detector;
  AlignedBytes memory = EnoughMemory(added.name(), [&](Span<uint8_t> enough) {
    const SpotterConfig& config = added.config();
    return IsLogMel(*config.tables)
               ? KeywordDetector::CreateLogMel(added.model(), AllKernelsResolver(), config, 0,
                                               enough, &detector)
               : KeywordDetector::Create(added.model(), AllKernelsResolver(), config, 0, enough,
                                         &detector);
  });
  PackedBlock packed(&detector.interpreter());
  StreamFor(added)->members.push_back(
      {model, std::move(memory), std::move(detector), std::move(packed)});
}

void DetectorBank::AddToChain(size_t model) {
  const KeywordModel& added = *models_[model];
  Chain* const chain = ChainFor(*added.chain());
  chain->members.push_back(
      {model, ChainDetector(added.name(), added.model(), added.config(), chain->chain)});
}

DetectorBank::Chain* DetectorBank::ChainFor(const ChainModels& models) {
  for (const std::unique_ptr<Chain>& chain : chains_) {
    if (chain->chain.models() == models) return chain.get();
  }
  return chains_.emplace_back(std::make_unique<Chain>(models)).get();
}

DetectorBank::Stream* DetectorBank::StreamFor(const KeywordModel& model) {
  const SpotterConfig& config = model.config();
  for (Stream& stream : streams_) {
    const KeywordModel& hears = *models_[stream.members.front().model];
    if (SameFeatures(hears.config(), config)) return &stream;
  }
  Stream stream;
  stream.memory = AlignedBytes(AnyFrontend::RequiredBytes(*config.tables));
  ThrowUnlessOk(AnyFrontend::Create(*config.tables, config.stride_ms * kSamplesPerMs,
                                    stream.memory.span(), &stream.frontend),
                model.name());
  streams_.push_back(std::move(stream));
  return &streams_.back();
}

void DetectorBank::Hear(Span<const int16_t> samples, const OnAnswer& on_answer) {
  while (!samples.empty()) {
    size_t count = samples.size();
    // All of them hear the same, so it is the same piece for each.
    for (const std::unique_ptr<VoiceGate>& gate : gates_) count = gate->HearPiece(samples);
    HearPiece(samples.subspan(0, count), on_answer);
    samples = samples.subspan(count);
  }
}

template <typename AnyMember, typename Function>
void DetectorBank::HearWith(AnyMember* member, const Function& hear,
                            const OnAnswer& on_answer) const {
  KeywordDetector::Result result;
  const VoiceGate* const gate = gate_of_[member->model];
  if (gate != nullptr) member->detector.CloseGate(gate->is_closed());
  ThrowUnlessOk(hear(&result), models_[member->model]->name());
  if (!result.scores.empty()) on_answer(member->model, result);
}

void DetectorBank::HearOn(Stream* stream, Span<const int16_t> samples,
                          const OnAnswer& on_answer) const {
  while (!samples.empty()) {
    const AnyFrontend::Result frame = stream->frontend.Process(samples);
    samples = samples.subspan(frame.consumed);
    if (frame.features.empty()) continue;
    for (Member& member : stream->members) {
      const auto hear = [&](KeywordDetector::Result* result) {
        return stream->frontend.is_log_mel() ? member.detector.HearLogMel(frame.features, result)
                                             : member.detector.Hear(frame.features, result);
      };
      HearWith(&member, hear, on_answer);
    }
  }
}

void DetectorBank::HearOn(Chain* chain, Span<const int16_t> samples,
                          const OnAnswer& on_answer) const {
  while (!samples.empty()) {
    const FeatureChain::Result heard = chain->chain.Process(samples);
    samples = samples.subspan(heard.consumed);
    if (heard.features.empty()) continue;
    for (Head& head : chain->members) {
      const auto hear = [&](KeywordDetector::Result* result) {
        return head.detector.Hear(heard.features, result);
      };
      HearWith(&head, hear, on_answer);
    }
  }
}

void DetectorBank::HearPiece(Span<const int16_t> samples, const OnAnswer& on_answer) {
  for (Stream& stream : streams_) HearOn(&stream, samples, on_answer);
  for (const std::unique_ptr<Chain>& chain : chains_) HearOn(chain.get(), samples, on_answer);
}

void DetectorBank::Reset() {
  for (Stream& stream : streams_) {
    stream.frontend.Reset();
    for (Member& member : stream.members) member.detector.Reset();
  }
  for (const std::unique_ptr<Chain>& chain : chains_) {
    chain->chain.Reset();
    for (Head& head : chain->members) head.detector.Reset();
  }
  for (const std::unique_ptr<VoiceGate>& gate : gates_) gate->Reset();
}

}  // namespace earshot::host
