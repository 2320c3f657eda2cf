// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/kernel.h"

#include <cstring>

#include "earshot/runtime/positive_real.h"

namespace earshot {

void PrepareContext::RequestScratch(Span<const uint32_t> bytes) {
  scratch_count_ = bytes.size();
  const Span<uint32_t> place = AllocateArray<uint32_t>(1 + scratch_count_, &scratch_offset_);
  if (place.empty()) return;
  place[0] = static_cast<uint32_t>(scratch_count_);
  std::memcpy(&place[1], bytes.data(), scratch_count_ * sizeof(uint32_t));
}

void PrepareContext::CopyData(const void* data, size_t words) {
  const Span<uint32_t> place = AllocateArray<uint32_t>(words, &data_offset_);
  if (!place.empty()) std::memcpy(place.data(), data, words * sizeof(uint32_t));
}

Verdict PrepareContext::Invalid(StaticText what, int32_t found, int32_t wanted) const {
  return ErrorHere(StatusCode::kInvalidModel, StatusUnit::kCount, what, found, wanted);
}

Verdict PrepareContext::InvalidType(StaticText what, TensorType found, TensorType wanted) const {
  return ErrorHere(StatusCode::kInvalidModel, StatusUnit::kTensorType, what,
                   static_cast<int32_t>(found), static_cast<int32_t>(wanted));
}

Verdict PrepareContext::InvalidScale(StaticText what, float found, float wanted) const {
  return ErrorHere(StatusCode::kInvalidModel, StatusUnit::kScale, what,
                   static_cast<int32_t>(FloatBits(found)), static_cast<int32_t>(FloatBits(wanted)));
}

Verdict PrepareContext::Unsupported(StaticText what, int32_t found, int32_t wanted) const {
  return ErrorHere(StatusCode::kUnsupported, StatusUnit::kCount, what, found, wanted);
}

Verdict PrepareContext::UnsupportedType(StaticText what, TensorType found,
                                        TensorType wanted) const {
  return ErrorHere(StatusCode::kUnsupported, StatusUnit::kTensorType, what,
                   static_cast<int32_t>(found), static_cast<int32_t>(wanted));
}

Verdict PrepareContext::UnsupportedScale(StaticText what, float found, float wanted) const {
  return ErrorHere(StatusCode::kUnsupported, StatusUnit::kScale, what,
                   static_cast<int32_t>(FloatBits(found)), static_cast<int32_t>(FloatBits(wanted)));
}

Verdict PrepareContext::ErrorHere(StatusCode code, StatusUnit unit, StaticText what, int32_t found,
                                  int32_t wanted) const {
  failure_.Fail(code, what, unit, found, wanted);
  return Verdict(&failure_.error());
}

}  // namespace earshot
