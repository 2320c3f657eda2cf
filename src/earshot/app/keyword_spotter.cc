// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_spotter.h"

#include "earshot/app/argument_checks.h"
#include "earshot/base/renew.h"

namespace earshot {

Status KeywordSpotter::Create(const Model& model, const OperatorResolver& resolver,
                              const SpotterConfig& config, Span<uint8_t> memory,
                              KeywordSpotter* spotter) {
  const Status status = spotter->Initialize(model, resolver, config, memory);
  if (!status.ok()) Renew(spotter);
  return status;
}

// The detector is made first: the front end works in its idle memory.
Status KeywordSpotter::Initialize(const Model& model, const OperatorResolver& resolver,
                                  const SpotterConfig& config, Span<uint8_t> memory) {
  EARSHOT_RETURN_IF_ERROR(CheckFrontend(config));
  const FrontendTables& tables = *config.tables;
  frontend_bytes_ = static_cast<size_t>(AlignUp(Frontend::StateBytes(tables), kMemoryAlignment));
  const bool has_more = memory.size() > frontend_bytes_;
  const Span<uint8_t> rest = has_more ? memory.subspan(frontend_bytes_) : memory.subspan(0, 0);
  Status status = KeywordDetector::Create(model, resolver, config, Frontend::WorkingBytes(tables),
                                          rest, &detector_);
  if (status.code == StatusCode::kArenaTooSmall) {  // Told of the whole block.
    status.found = StatusNumber(static_cast<int64_t>(memory.size()));
    status.wanted = StatusNumber(status.wanted + static_cast<int64_t>(frontend_bytes_));
  }
  EARSHOT_RETURN_IF_ERROR(status);
  const int32_t stride_samples = tables.sample_rate_hz * config.stride_ms / 1000;
  return Frontend::Create(tables, stride_samples, memory, detector_.idle_memory(), &frontend_);
}

Status KeywordSpotter::Feed(Span<const int16_t> samples, Result* result) {
  *result = Result();
  if (!detector_.ready()) return NotCreated(StatusSubject::kNone);
  while (result->consumed < samples.size()) {
    const Frontend::Result frame = frontend_.Process(samples.subspan(result->consumed));
    result->consumed += frame.consumed;
    if (frame.features.empty()) continue;
    if (detector_.Push(frame.features)) return detector_.Infer(result);
  }
  return OkStatus();
}

void KeywordSpotter::Reset() {
  if (!detector_.ready()) return;
  frontend_.Reset();
  detector_.Reset();
}

}  // namespace earshot
