// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_group.h"

#include "earshot/app/argument_checks.h"
#include "earshot/base/renew.h"
#include "earshot/runtime/shared_arena.h"

namespace earshot {
namespace {

Status CheckMembers(Span<const KeywordGroup::Member> members, bool first_is_gate,
                    size_t detectors) {
  const auto count = static_cast<int32_t>(members.size());
  const RangeCheck checks[] = {
      {"models"_text, count, first_is_gate ? 2 : 1, KeywordGroup::kMostModels},
      {"detectors"_text, static_cast<int32_t>(detectors), count, count},
  };
  EARSHOT_RETURN_IF_ERROR(CheckRanges(StatusSubject::kNone, checks));
  const SpotterConfig& first = *members[0].config;
  EARSHOT_RETURN_IF_ERROR(CheckFrontend(first));
  for (const KeywordGroup::Member& member : members) {
    if (member.config->stride_ms != first.stride_ms) {
      return InvalidNumber(StatusSubject::kFrontend, "stride_ms: not that of the first model"_text,
                           member.config->stride_ms, first.stride_ms);
    }
    if (member.config->tables != first.tables) {
      return InvalidNumber(StatusSubject::kFrontend, "tables: not those of the first model"_text, 0,
                           1);
    }
  }
  return OkStatus();
}

}  // namespace

Status KeywordGroup::Create(Span<const Member> members, bool first_is_gate, Span<uint8_t> memory,
                            Span<KeywordDetector> detectors, KeywordGroup* group) {
  Renew(group);
  EARSHOT_RETURN_IF_ERROR(CheckMembers(members, first_is_gate, detectors.size()));
  group->detectors_ = detectors;
  group->first_is_gate_ = first_is_gate;
  const Status status = group->Initialize(members, memory);
  if (!status.ok()) Renew(group);
  return status;
}

// The front end works where activations are, between two inferences: in the first detector's idle
// memory.
Status KeywordGroup::Initialize(Span<const Member> members, Span<uint8_t> memory) {
  const SpotterConfig& config = *members[0].config;
  const FrontendTables& tables = *config.tables;
  SharedArena arena(memory);
  for (size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    EARSHOT_RETURN_IF_ERROR(KeywordDetector::Create(*member.model, *member.resolver, *member.config,
                                                    i == 0 ? Frontend::WorkingBytes(tables) : 0,
                                                    &arena, &detectors_[i]));
  }
  Span<uint8_t> state;
  EARSHOT_RETURN_IF_ERROR(arena.Take(Frontend::StateBytes(tables), &state));
  used_bytes_ = arena.used_bytes();
  const int32_t stride_samples = tables.sample_rate_hz * config.stride_ms / 1000;
  EARSHOT_RETURN_IF_ERROR(
      Frontend::Create(tables, stride_samples, state, detectors_[0].idle_memory(), &frontend_));
  Reset();
  return OkStatus();
}

Status KeywordGroup::Feed(Span<const int16_t> samples, Result* result) {
  *result = Result();
  if (detectors_.empty()) return NotCreated(StatusSubject::kNone);
  while (due_ == 0 && result->consumed < samples.size()) {
    const Frontend::Result frame = frontend_.Process(samples.subspan(result->consumed));
    result->consumed += frame.consumed;
    if (!frame.features.empty()) Push(frame.features);
  }
  while (due_ != 0 && result->scores.empty()) EARSHOT_RETURN_IF_ERROR(Infer(result));
  return OkStatus();
}

// All of them hear the frame before the first inference overwrites it.
void KeywordGroup::Push(Span<const uint16_t> features) {
  for (size_t i = 0; i < detectors_.size(); ++i) {
    if (detectors_[i].Push(features)) due_ |= uint32_t{1} << i;
  }
}

Status KeywordGroup::Infer(Result* result) {
  size_t i = 0;
  while ((due_ >> i & 1u) == 0) ++i;
  due_ &= due_ - 1;
  result->member = i;
  EARSHOT_RETURN_IF_ERROR(detectors_[i].Infer(result));
  if (i != 0 || !first_is_gate_ || result->scores.empty()) return OkStatus();
  for (KeywordDetector& detector : detectors_.subspan(1)) {
    detector.CloseGate(!result->recognized.is_heard());
  }
  return OkStatus();
}

void KeywordGroup::Reset() {
  due_ = 0;
  frontend_.Reset();
  for (KeywordDetector& detector : detectors_) {
    detector.Reset();
    // Closed until the gate has answered.
    detector.CloseGate(first_is_gate_ && &detector != detectors_.begin());
  }
}

}  // namespace earshot
