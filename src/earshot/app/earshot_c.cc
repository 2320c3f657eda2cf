// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface: no more than a translation of KeywordSpotter's, or that of another front end's.

#include <cstring>
#include <new>

#include "earshot/app/c_interface.h"
#include "earshot/app/keyword_spotter.h"
#include "earshot/app/log_mel_spotter.h"
#include "earshot/earshot.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/runtime/packed_weights.h"
#include "earshot/runtime/status_text.h"

// At the beginning of the caller's memory; the C++ spotter's own block follows it.
struct earshot_spotter {
  static constexpr size_t kSpotterBytes = sizeof(earshot::KeywordSpotter) >
                                                  sizeof(earshot::LogMelSpotter)
                                              ? sizeof(earshot::KeywordSpotter)
                                              : sizeof(earshot::LogMelSpotter);

  earshot::Model model;
  const earshot_frontend* frontend = nullptr;
  // Of the front end's class.
  alignas(earshot::KeywordSpotter) alignas(
      earshot::LogMelSpotter) uint8_t spotter[kSpotterBytes] = {};
  const char* const* labels = nullptr;
  earshot_detection detection = {};  // What the latest result points to.
};

namespace earshot {
namespace {

constexpr size_t kHeaderBytes = kHeaderBytesOf<earshot_spotter>;

constexpr earshot_frontend kStandardFrontend = FrontendOf<KeywordSpotter>(kStandardTables);

static_assert(EARSHOT_ALIGNMENT == kArenaAlignment && EARSHOT_ALIGNMENT == kModelAlignment);
static_assert(EARSHOT_ALIGNMENT % alignof(earshot_spotter) == 0);
static_assert(EARSHOT_STATUS_TEXT_BYTES == kStatusTextBytes);
static_assert(EARSHOT_OK == static_cast<int>(StatusCode::kOk));
static_assert(EARSHOT_INVALID_ARGUMENT == static_cast<int>(StatusCode::kInvalidArgument));
static_assert(EARSHOT_FAILED_PRECONDITION == static_cast<int>(StatusCode::kFailedPrecondition));
static_assert(EARSHOT_INVALID_MODEL == static_cast<int>(StatusCode::kInvalidModel));
static_assert(EARSHOT_UNSUPPORTED == static_cast<int>(StatusCode::kUnsupported));
static_assert(EARSHOT_ARENA_TOO_SMALL == static_cast<int>(StatusCode::kArenaTooSmall));

// It is the spotter's to change, also where only its size is asked for.
Interpreter& InterpreterOf(const earshot_spotter* spotter) {
  auto* const own = const_cast<earshot_spotter*>(spotter);
  return own->frontend->interpreter(own->spotter);
}

Status PackSpotter(earshot_spotter* spotter, void* memory, size_t size) {
  if (spotter == nullptr) return NullPointer("spotter is null"_text);
  return PackInto(memory, size, &InterpreterOf(spotter));
}

Status DefaultConfig(earshot_config* config) {
  EARSHOT_RETURN_IF_ERROR(CheckConfig(config));
  FillConfig(SpotterConfig(), config);
  return OkStatus();
}

// Sets up `*spotter`, whose block begins kHeaderBytes into `memory`. Precondition: both checked.
Status Build(const earshot_model& model, Span<uint8_t> memory, earshot_spotter* spotter) {
  const Span<const uint8_t> bytes(static_cast<const uint8_t*>(model.bytes), model.size);
  SpotterConfig config;
  EARSHOT_RETURN_IF_ERROR(TakeConfig(model, &config));
  EARSHOT_RETURN_IF_ERROR(Model::Load(bytes, &spotter->model));
  const auto* resolver = reinterpret_cast<const OperatorResolver*>(model.kernels);
  spotter->labels = model.labels;
  spotter->frontend = model.frontend != nullptr ? model.frontend : &kStandardFrontend;
  spotter->frontend->construct(spotter->spotter);
  return OfWholeMemory(spotter->frontend->create(spotter->model, *resolver, config,
                                                 Behind(kHeaderBytes, memory), spotter->spotter),
                       kHeaderBytes, memory.size());
}

Status SpotterBytes(const earshot_model* given, void* lent, size_t lent_size, size_t* bytes) {
  if (bytes == nullptr) return NullPointer("bytes is null"_text);
  *bytes = 0;
  earshot_model model;
  EARSHOT_RETURN_IF_ERROR(TakeModel(given, &model));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(lent, lent_size));
  earshot_spotter trial;
  const Status status = Build(model, Span<uint8_t>(static_cast<uint8_t*>(lent), lent_size), &trial);
  if (status.ok()) *bytes = kHeaderBytes + trial.frontend->used_bytes(trial.spotter);
  if (status.code == StatusCode::kArenaTooSmall) *bytes = static_cast<size_t>(status.wanted);
  return status;
}

Status CreateSpotter(const earshot_model* given, void* memory, size_t size,
                     earshot_spotter** spotter) {
  if (spotter == nullptr) return NullPointer("spotter is null"_text);
  *spotter = nullptr;
  earshot_model model;
  EARSHOT_RETURN_IF_ERROR(TakeModel(given, &model));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, size));
  const Span<uint8_t> block(static_cast<uint8_t*>(memory), size);
  if (size < kHeaderBytes) {  // Nowhere to make it: only to say how much is needed.
    earshot_spotter trial;
    return Build(model, block, &trial);
  }
  auto* const made = new (memory) earshot_spotter();
  EARSHOT_RETURN_IF_ERROR(Build(model, block, made));
  *spotter = made;
  return OkStatus();
}

Status FeedSpotter(earshot_spotter* spotter, const int16_t* samples, size_t count,
                   earshot_result* result) {
  EARSHOT_RETURN_IF_ERROR(ClearResult(result));
  if (spotter == nullptr) return NullPointer("spotter is null"_text);
  if (samples == nullptr && count != 0) return NullPointer("samples is null, count is not 0"_text);
  SpotterResult heard;
  EARSHOT_RETURN_IF_ERROR(
      spotter->frontend->feed(spotter->spotter, Span<const int16_t>(samples, count), &heard));
  GiveResult(heard, heard.consumed, spotter->labels, &spotter->detection, result);
  return OkStatus();
}

}  // namespace
}  // namespace earshot

extern "C" {

int32_t earshot_version(void) { return EARSHOT_VERSION; }

const char* earshot_status_text(const earshot_status* status, char* text, size_t size) {
  if (status == nullptr || text == nullptr || size == 0) return "";
  return earshot::StatusText(earshot::FromC(*status), earshot::Span<char>(text, size));
}

earshot_status earshot_default_config(earshot_config* config) {
  return earshot::ToC(earshot::DefaultConfig(config));
}

earshot_status earshot_spotter_bytes(const earshot_model* model, void* lent, size_t lent_size,
                                     size_t* bytes) {
  return earshot::ToC(earshot::SpotterBytes(model, lent, lent_size, bytes));
}

earshot_status earshot_spotter_create(const earshot_model* model, void* memory, size_t size,
                                      earshot_spotter** spotter) {
  return earshot::ToC(earshot::CreateSpotter(model, memory, size, spotter));
}

earshot_status earshot_spotter_feed(earshot_spotter* spotter, const int16_t* samples, size_t count,
                                    earshot_result* result) {
  return earshot::ToC(earshot::FeedSpotter(spotter, samples, count, result));
}

size_t earshot_spotter_packed_bytes(const earshot_spotter* spotter) {
  return spotter == nullptr ? 0 : earshot::PackedBytes(earshot::InterpreterOf(spotter));
}

earshot_status earshot_spotter_pack(earshot_spotter* spotter, void* memory, size_t size) {
  return earshot::ToC(earshot::PackSpotter(spotter, memory, size));
}

void earshot_spotter_reset(earshot_spotter* spotter) {
  if (spotter != nullptr) spotter->frontend->reset(spotter->spotter);
}

}  // extern "C"
