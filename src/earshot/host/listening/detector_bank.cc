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
  return a.stride_ms == b.stride_ms && SameTables(*a.tables, *b.tables);
}

}  // namespace

DetectorBank::DetectorBank(std::vector<const KeywordModel*> models) : models_(std::move(models)) {
  for (size_t i = 0; i < models_.size(); ++i) {
    const KeywordModel& model = *models_[i];
    KeywordDetector detector;
    AlignedBytes memory = EnoughMemory(model.name(), [&](Span<uint8_t> enough) {
      return KeywordDetector::Create(model.model(), AllKernelsResolver(), model.config(), 0, enough,
                                     &detector);
    });
    StreamFor(model)->members.push_back({i, std::move(memory), std::move(detector)});
  }
  const KeywordModel* voice = models_.empty() ? nullptr : models_[0]->voice();
  if (voice != nullptr) gate_ = std::make_unique<VoiceGate>(*voice);
}

DetectorBank::Stream* DetectorBank::StreamFor(const KeywordModel& model) {
  const SpotterConfig& config = model.config();
  for (Stream& stream : streams_) {
    const KeywordModel& hears = *models_[stream.members.front().model];
    if (SameFeatures(hears.config(), config)) return &stream;
  }
  Stream stream;
  stream.memory = AlignedBytes(Frontend::RequiredBytes(*config.tables));
  ThrowUnlessOk(Frontend::Create(*config.tables, config.stride_ms * kSamplesPerMs,
                                 stream.memory.span(), &stream.frontend),
                model.name());
  streams_.push_back(std::move(stream));
  return &streams_.back();
}

void DetectorBank::Hear(Span<const int16_t> samples, const OnAnswer& on_answer) {
  while (!samples.empty()) {
    const size_t count = gate_ == nullptr ? samples.size() : gate_->HearPiece(samples);
    HearPiece(samples.subspan(0, count), on_answer);
    samples = samples.subspan(count);
  }
}

void DetectorBank::HearPiece(Span<const int16_t> samples, const OnAnswer& on_answer) {
  for (Stream& stream : streams_) {
    Span<const int16_t> rest = samples;
    while (!rest.empty()) {
      const Frontend::Result frame = stream.frontend.Process(rest);
      rest = rest.subspan(frame.consumed);
      if (frame.features.empty()) continue;
      for (Member& member : stream.members) {
        KeywordDetector::Result result;
        if (gate_ != nullptr) member.detector.CloseGate(gate_->is_closed());
        ThrowUnlessOk(member.detector.Hear(frame.features, &result), models_[member.model]->name());
        if (!result.scores.empty()) on_answer(member.model, result);
      }
    }
  }
}

void DetectorBank::Reset() {
  for (Stream& stream : streams_) {
    stream.frontend.Reset();
    for (Member& member : stream.members) member.detector.Reset();
  }
  if (gate_ != nullptr) gate_->Reset();
}

}  // namespace earshot::host
