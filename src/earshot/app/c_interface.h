// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the sources of the C interface have in common: statuses, and structs of programs that were
// compiled with another version of earshot/earshot.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "earshot/app/keyword_detector.h"
#include "earshot/app/keyword_spotter.h"
#include "earshot/app/spotter_config.h"
#include "earshot/base/status.h"
#include "earshot/earshot.h"

// A class of spotters by its functions, so that a program links the front ends that it names. The
// spotter lies in memory that is large and aligned enough for it.
struct earshot_frontend {
  const earshot::FrontendTables* tables;
  void (*construct)(void* spotter);
  earshot::Status (*create)(const earshot::Model& model, const earshot::OperatorResolver& resolver,
                            const earshot::SpotterConfig& config, earshot::Span<uint8_t> memory,
                            void* spotter);
  earshot::Status (*feed)(void* spotter, earshot::Span<const int16_t> samples,
                          earshot::SpotterResult* result);
  void (*reset)(void* spotter);
  size_t (*used_bytes)(const void* spotter);
  earshot::Interpreter& (*interpreter)(void* spotter);
};

namespace earshot {

// `tables` are those of the front end.
template <typename Spotter>
constexpr earshot_frontend FrontendOf(const FrontendTables& tables) {
  return {
      &tables,
      [](void* spotter) { new (spotter) Spotter(); },
      [](const Model& model, const OperatorResolver& resolver, const SpotterConfig& config,
         Span<uint8_t> memory, void* spotter) {
        return Spotter::Create(model, resolver, config, memory, static_cast<Spotter*>(spotter));
      },
      [](void* spotter, Span<const int16_t> samples, SpotterResult* result) {
        return static_cast<Spotter*>(spotter)->Feed(samples, result);
      },
      [](void* spotter) { static_cast<Spotter*>(spotter)->Reset(); },
      [](const void* spotter) { return static_cast<const Spotter*>(spotter)->used_bytes(); },
      [](void* spotter) -> Interpreter& { return static_cast<Spotter*>(spotter)->interpreter(); }};
}

earshot_status ToC(const Status& status);
Status FromC(const earshot_status& status);

inline Status NullPointer(StaticText what) {
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kNone}, what);
}

// The sizes of the first versions of the structs that may grow: no program has shorter ones. None
// ends with padding, in which a new member would find what nobody has set.
constexpr size_t kFirstConfigBytes = offsetof(earshot_config, warm_up_ms);
constexpr size_t kFirstModelBytes = offsetof(earshot_model, kernels) + sizeof(void*);
constexpr size_t kFirstResultBytes = sizeof(earshot_result);
static_assert(sizeof(earshot_config) == offsetof(earshot_config, warm_up_ms) + sizeof(int32_t));
static_assert(sizeof(earshot_model) == offsetof(earshot_model, frontend) + sizeof(void*));
static_assert(sizeof(earshot_result) == offsetof(earshot_result, detection) + sizeof(void*));

// Whether the program's version of the model has the member.
inline bool HasFrontend(const earshot_model& model) {
  return model.struct_bytes >= offsetof(earshot_model, frontend) + sizeof(void*);
}

// That a struct_bytes can be one: not less than `first`, its size in the first version.
Status CheckStructBytes(StaticText what, size_t found, size_t first);

// That `config` is there and has its size.
Status CheckConfig(const earshot_config* config);

// Copies a struct of a program of another version: what that does not know is 0 in `*own`, and what
// is not known here has to be 0. Precondition: its struct_bytes is checked.
template <typename Struct>
Status TakeStruct(StaticText what, const Struct& given, Struct* own) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(&given);
  const size_t known = given.struct_bytes < sizeof(Struct) ? given.struct_bytes : sizeof(Struct);
  *own = Struct{};
  std::memcpy(own, bytes, known);
  for (size_t i = known; i < given.struct_bytes; ++i) {
    if (bytes[i] != 0) {
      return MakeError(StatusCode::kUnsupported, {StatusSubject::kNone}, what, StatusUnit::kBytes,
                       static_cast<int64_t>(given.struct_bytes), sizeof(Struct));
    }
  }
  return OkStatus();
}

// Fills in a program's struct, as far as that has it. Precondition: its struct_bytes is checked.
template <typename Struct>
void GiveStruct(Struct own, Struct* given) {
  const uint32_t struct_bytes = given->struct_bytes;
  own.struct_bytes = struct_bytes;
  std::memset(given, 0, struct_bytes);
  std::memcpy(given, &own, struct_bytes < sizeof(own) ? struct_bytes : sizeof(own));
}

// The model as this version has it, without its labels: that it has bytes and kernels.
Status TakeModelFile(const earshot_model* given, earshot_model* model);
// The same with labels.
Status TakeModel(const earshot_model* given, earshot_model* model);
// Its settings. Precondition: TakeModel() was ok.
Status TakeConfig(const earshot_model& model, SpotterConfig* config);

// That memory is there if it has a size, and aligned.
Status CheckMemory(const void* memory, size_t size);

// PackWeights() into the caller's memory.
Status PackInto(void* memory, size_t size, Interpreter* interpreter);

// The bytes of a `T` at the beginning of the caller's memory, up to where an arena may begin.
template <typename T>
constexpr size_t kHeaderBytesOf =
    (sizeof(T) + kArenaAlignment - 1) / kArenaAlignment* kArenaAlignment;

// What is left of the caller's memory behind its header.
inline Span<uint8_t> Behind(size_t header_bytes, Span<uint8_t> memory) {
  return memory.size() > header_bytes ? memory.subspan(header_bytes) : Span<uint8_t>();
}

// The status of a block that lies behind a header, told of the whole memory.
Status OfWholeMemory(Status status, size_t header_bytes, size_t memory_bytes);

// An announced word as the interface tells it.
earshot_detection ToC(const Detection& detection, const char* const* labels);
// That `result` is there and has its size; nothing is in it then.
Status ClearResult(earshot_result* result);
// Fills in what was heard. Precondition: result->struct_bytes is checked.
void GiveResult(const KeywordDetector::Result& heard, size_t consumed, const char* const* labels,
                earshot_detection* detection, earshot_result* result);

// Fills in all that the program's version of the struct has; precondition: CheckConfig().
void FillConfig(const SpotterConfig& spotter, earshot_config* config);

}  // namespace earshot
