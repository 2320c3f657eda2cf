// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface of Frontend, with the standard tables.

#include <new>

#include "earshot/app/argument_checks.h"
#include "earshot/app/c_interface.h"
#include "earshot/app/units.h"
#include "earshot/earshot_parts.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/standard_tables.h"

// At the beginning of the caller's memory; the front end's own block follows it.
struct earshot_features {
  earshot::Frontend frontend;
};

namespace earshot {
namespace {

constexpr size_t kHeaderBytes = kHeaderBytesOf<earshot_features>;

Status CreateFeatures(int32_t stride_ms, void* memory, size_t size, earshot_features** features) {
  if (features == nullptr) return NullPointer("features is null"_text);
  *features = nullptr;
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, size));
  const auto window_ms = static_cast<int32_t>(kStandardTables.window.size() / kSamplesPerMs);
  const RangeCheck stride = {"stride_ms"_text, stride_ms, 1, window_ms};
  EARSHOT_RETURN_IF_ERROR(CheckRanges(StatusSubject::kFrontend, {&stride, 1}));
  const size_t needed = earshot_features_bytes();
  if (size < needed) {
    return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kFrontend}, "memory"_text,
                     StatusUnit::kBytes, static_cast<int64_t>(size), static_cast<int64_t>(needed));
  }
  auto* const made = new (memory) earshot_features();
  const Span<uint8_t> block(static_cast<uint8_t*>(memory), size);
  EARSHOT_RETURN_IF_ERROR(Frontend::Create(kStandardTables,
                                           stride_ms * static_cast<int32_t>(kSamplesPerMs),
                                           Behind(kHeaderBytes, block), &made->frontend));
  *features = made;
  return OkStatus();
}

Status FeedFeatures(earshot_features* features, const int16_t* samples, size_t count,
                    size_t* consumed, const uint16_t** frame) {
  if (consumed == nullptr) return NullPointer("consumed is null"_text);
  if (frame == nullptr) return NullPointer("frame is null"_text);
  *consumed = 0;
  *frame = nullptr;
  if (features == nullptr) return NullPointer("features is null"_text);
  if (samples == nullptr && count != 0) return NullPointer("samples is null, count is not 0"_text);
  const Frontend::Result result = features->frontend.Process(Span<const int16_t>(samples, count));
  *consumed = result.consumed;
  if (!result.features.empty()) *frame = result.features.data();
  return OkStatus();
}

}  // namespace
}  // namespace earshot

extern "C" {

size_t earshot_features_bytes(void) {
  return earshot::kHeaderBytes + earshot::Frontend::RequiredBytes(earshot::kStandardTables);
}

earshot_status earshot_features_create(int32_t stride_ms, void* memory, size_t size,
                                       earshot_features** features) {
  return earshot::ToC(earshot::CreateFeatures(stride_ms, memory, size, features));
}

earshot_status earshot_features_feed(earshot_features* features, const int16_t* samples,
                                     size_t count, size_t* consumed, const uint16_t** frame) {
  return earshot::ToC(earshot::FeedFeatures(features, samples, count, consumed, frame));
}

void earshot_features_reset(earshot_features* features) {
  if (features != nullptr) features->frontend.Reset();
}

}  // extern "C"
