// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/keyword_spotter.h"

#include "app/argument_checks.h"

namespace earshot {

Status KeywordSpotter::Create(const Model& model, const OperatorResolver& resolver,
                              const SpotterConfig& config, Span<uint8_t> memory,
                              KeywordSpotter* spotter) {
  *spotter = KeywordSpotter();
  const Status status = spotter->Initialize(model, resolver, config, memory);
  if (!status.ok()) *spotter = KeywordSpotter();
  return status;
}

// The detector comes first: the front end works in its idle memory. With a block too small even for
// the front end's state it gets an empty one and says what it needs.
Status KeywordSpotter::Initialize(const Model& model, const OperatorResolver& resolver,
                                  const SpotterConfig& config, Span<uint8_t> memory) {
  EARSHOT_RETURN_IF_ERROR(CheckMemoryAlignment(StatusSubject::kArena, memory));
  EARSHOT_RETURN_IF_ERROR(CheckFrontend(config));
  const FrontendTables& tables = *config.tables;
  state_bytes_ = static_cast<size_t>(AlignUp(Frontend::StateBytes(tables), kMemoryAlignment));
  const bool has_rest = memory.size() > state_bytes_;
  const Status status = KeywordDetector::Create(
      model, resolver, config, Frontend::WorkingBytes(tables),
      has_rest ? memory.subspan(state_bytes_) : Span<uint8_t>(), &detector_);
  if (status.code == StatusCode::kArenaTooSmall) {
    return MakeError(status.code, {StatusSubject::kArena}, "memory for the whole spotter"_text,
                     StatusUnit::kBytes, static_cast<int64_t>(memory.size()),
                     static_cast<int64_t>(state_bytes_) + status.wanted);
  }
  EARSHOT_RETURN_IF_ERROR(status);
  const int32_t stride_samples = tables.sample_rate_hz * config.stride_ms / 1000;
  EARSHOT_RETURN_IF_ERROR(Frontend::Create(tables, stride_samples, memory.subspan(0, state_bytes_),
                                           detector_.idle_memory(), &frontend_));
  Reset();
  return OkStatus();
}

Status KeywordSpotter::Feed(Span<const int16_t> samples, Result* result) {
  *result = Result();
  if (!detector_.ready()) return detector_.Hear({}, result);  // Says so.
  while (result->consumed < samples.size()) {
    const Frontend::Result frame = frontend_.Process(samples.subspan(result->consumed));
    result->consumed += frame.consumed;
    if (frame.features.empty()) continue;
    EARSHOT_RETURN_IF_ERROR(detector_.Hear(frame.features, result));
    if (!result->scores.empty()) break;
  }
  return OkStatus();
}

void KeywordSpotter::Reset() {
  if (!detector_.ready()) return;
  frontend_.Reset();
  detector_.Reset();
}

}  // namespace earshot
