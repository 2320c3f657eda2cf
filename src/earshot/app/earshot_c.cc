// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface: no more than a translation of KeywordSpotter's.

#include <new>

#include "earshot/app/keyword_spotter.h"
#include "earshot/earshot.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/runtime/status_text.h"

// At the beginning of the caller's memory; the C++ spotter's own block follows it.
struct earshot_spotter {
  earshot::Model model;
  earshot::KeywordSpotter spotter;
  const char* const* labels = nullptr;
};

namespace earshot {
namespace {

constexpr size_t kHeaderBytes =
    (sizeof(earshot_spotter) + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;

static_assert(EARSHOT_ALIGNMENT == kArenaAlignment && EARSHOT_ALIGNMENT == kModelAlignment);
static_assert(EARSHOT_ALIGNMENT % alignof(earshot_spotter) == 0);
static_assert(EARSHOT_STATUS_TEXT_BYTES == kStatusTextBytes);
static_assert(EARSHOT_OK == static_cast<int>(StatusCode::kOk));
static_assert(EARSHOT_INVALID_ARGUMENT == static_cast<int>(StatusCode::kInvalidArgument));
static_assert(EARSHOT_FAILED_PRECONDITION == static_cast<int>(StatusCode::kFailedPrecondition));
static_assert(EARSHOT_INVALID_MODEL == static_cast<int>(StatusCode::kInvalidModel));
static_assert(EARSHOT_UNSUPPORTED == static_cast<int>(StatusCode::kUnsupported));
static_assert(EARSHOT_ARENA_TOO_SMALL == static_cast<int>(StatusCode::kArenaTooSmall));

#if EARSHOT_STATUS_TEXTS
const char* ToC(StaticText text) { return text; }
StaticText FromC(const char* text) { return text == nullptr ? "" : text; }
#else
const char* ToC(StaticText) { return ""; }
StaticText FromC(const char*) { return nullptr; }
#endif

earshot_status ToC(const Status& status) {
  return earshot_status{static_cast<earshot_code>(status.code),
                        static_cast<int>(status.subject),
                        static_cast<int>(status.unit),
                        status.index,
                        ToC(status.what),
                        status.found,
                        status.wanted};
}

Status FromC(const earshot_status& status) {
  return Status{static_cast<StatusCode>(status.code),
                static_cast<StatusSubject>(status.subject),
                static_cast<StatusUnit>(status.unit),
                status.index,
                FromC(status.what),
                status.found,
                status.wanted};
}

Status NullPointer(StaticText what) {
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kNone}, what);
}

Status CheckModel(const earshot_model* model) {
  if (model == nullptr) return NullPointer("model is null"_text);
  if (model->bytes == nullptr) return NullPointer("model->bytes is null"_text);
  if (model->kernels == nullptr) return NullPointer("model->kernels is null"_text);
  if (model->labels == nullptr) return NullPointer("model->labels is null"_text);
  for (int32_t i = 0; i < model->label_count; ++i) {
    if (model->labels[i] == nullptr) return NullPointer("one of model->labels is null"_text);
  }
  return OkStatus();
}

Status CheckMemory(const void* memory, size_t size) {
  if (memory == nullptr && size != 0) return NullPointer("memory is null, its size is not 0"_text);
  const size_t misalignment = reinterpret_cast<uintptr_t>(memory) % EARSHOT_ALIGNMENT;
  if (misalignment == 0) return OkStatus();
  Status status = NullPointer("memory: remainder of its address to the wanted alignment"_text);
  status.unit = StatusUnit::kBytes;
  status.found = static_cast<int32_t>(misalignment);
  status.wanted = EARSHOT_ALIGNMENT;
  return status;
}

SpotterConfig ConfigOf(const earshot_model& model) {
  const earshot_config& config = model.config;
  SpotterConfig spotter;
  spotter.tables = &kStandardTables;
  spotter.label_count = model.label_count;
#define EARSHOT_SPOTTER_SETTING(type, name, ...) spotter.name = config.name;
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) spotter.recognizer.name = config.name;
#include "earshot/app/spotter_settings.inc"
  return spotter;
}

// Sets up `*spotter`, whose block begins kHeaderBytes into `memory`. Precondition: both checked.
Status Build(const earshot_model& model, Span<uint8_t> memory, earshot_spotter* spotter) {
  const Span<const uint8_t> bytes(static_cast<const uint8_t*>(model.bytes), model.size);
  EARSHOT_RETURN_IF_ERROR(Model::Load(bytes, &spotter->model));
  const auto* resolver = reinterpret_cast<const OperatorResolver*>(model.kernels);
  const Span<uint8_t> block =
      memory.size() > kHeaderBytes ? memory.subspan(kHeaderBytes) : Span<uint8_t>();
  Status status =
      KeywordSpotter::Create(spotter->model, *resolver, ConfigOf(model), block, &spotter->spotter);
  if (status.code == StatusCode::kArenaTooSmall) {
    status.found = StatusNumber(static_cast<int64_t>(memory.size()));
    status.wanted = StatusNumber(static_cast<int64_t>(status.wanted) + kHeaderBytes);
  }
  spotter->labels = model.labels;
  return status;
}

Status SpotterBytes(const earshot_model* model, void* lent, size_t lent_size, size_t* bytes) {
  if (bytes == nullptr) return NullPointer("bytes is null"_text);
  *bytes = 0;
  EARSHOT_RETURN_IF_ERROR(CheckModel(model));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(lent, lent_size));
  earshot_spotter trial;
  const Status status =
      Build(*model, Span<uint8_t>(static_cast<uint8_t*>(lent), lent_size), &trial);
  if (status.ok()) *bytes = kHeaderBytes + trial.spotter.used_bytes();
  if (status.code == StatusCode::kArenaTooSmall) *bytes = static_cast<size_t>(status.wanted);
  return status;
}

Status CreateSpotter(const earshot_model* model, void* memory, size_t size,
                     earshot_spotter** spotter) {
  if (spotter == nullptr) return NullPointer("spotter is null"_text);
  *spotter = nullptr;
  EARSHOT_RETURN_IF_ERROR(CheckModel(model));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, size));
  const Span<uint8_t> block(static_cast<uint8_t*>(memory), size);
  if (size < kHeaderBytes) {  // Nowhere to make it: only to say how much is needed.
    earshot_spotter trial;
    return Build(*model, block, &trial);
  }
  auto* const made = new (memory) earshot_spotter();
  EARSHOT_RETURN_IF_ERROR(Build(*model, block, made));
  *spotter = made;
  return OkStatus();
}

Status FeedSpotter(earshot_spotter* spotter, const int16_t* samples, size_t count,
                   earshot_result* result) {
  if (result == nullptr) return NullPointer("result is null"_text);
  *result = earshot_result{};
  if (spotter == nullptr) return NullPointer("spotter is null"_text);
  if (samples == nullptr && count != 0) return NullPointer("samples is null, count is not 0"_text);
  KeywordSpotter::Result heard;
  EARSHOT_RETURN_IF_ERROR(spotter->spotter.Feed(Span<const int16_t>(samples, count), &heard));
  result->consumed = heard.consumed;
  result->scores = heard.scores.data();
  result->time_ms = heard.time_ms;
  if (heard.detection != nullptr) {
    const Detection& detection = *heard.detection;
    result->detected = 1;
    result->detection = earshot_detection{spotter->labels[detection.label],
                                          detection.label,
                                          detection.score,
                                          detection.start_ms,
                                          detection.end_ms,
                                          detection.time_ms};
  }
  return OkStatus();
}

}  // namespace
}  // namespace earshot

extern "C" {

const char* earshot_status_text(const earshot_status* status, char* text, size_t size) {
  if (status == nullptr || text == nullptr || size == 0) return "";
  return earshot::StatusText(earshot::FromC(*status), earshot::Span<char>(text, size));
}

earshot_config earshot_default_config(void) {
  const earshot::SpotterConfig spotter;
  earshot_config config;
#define EARSHOT_SPOTTER_SETTING(type, name, ...) config.name = spotter.name;
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) config.name = spotter.recognizer.name;
#include "earshot/app/spotter_settings.inc"
  return config;
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

void earshot_spotter_reset(earshot_spotter* spotter) {
  if (spotter != nullptr) spotter->spotter.Reset();
}

}  // extern "C"
