// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface: no more than a translation of KeywordSpotter's.

#include <cstring>
#include <new>

#include "earshot/app/c_interface.h"
#include "earshot/app/keyword_spotter.h"
#include "earshot/earshot.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/runtime/status_text.h"

// At the beginning of the caller's memory; the C++ spotter's own block follows it.
struct earshot_spotter {
  earshot::Model model;
  earshot::KeywordSpotter spotter;
  const char* const* labels = nullptr;
  earshot_detection detection = {};  // What the latest result points to.
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

// The model as this version has it.
Status TakeModel(const earshot_model* given, earshot_model* model) {
  if (given == nullptr) return NullPointer("model is null"_text);
  EARSHOT_RETURN_IF_ERROR(
      CheckStructBytes("model->struct_bytes"_text, given->struct_bytes, kFirstModelBytes));
  EARSHOT_RETURN_IF_ERROR(
      TakeStruct("model: what a later version added to it"_text, *given, model));
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

SpotterConfig ConfigOf(const earshot_config& config) {
  SpotterConfig spotter;
#define EARSHOT_SPOTTER_SETTING(type, name, ...) spotter.name = config.name;
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) spotter.recognizer.name = config.name;
#include "earshot/app/spotter_settings.inc"
  return spotter;
}

Status TakeConfig(const earshot_model& model, SpotterConfig* config) {
  *config = SpotterConfig();
  if (model.config != nullptr) {
    EARSHOT_RETURN_IF_ERROR(CheckStructBytes("model->config->struct_bytes"_text,
                                             model.config->struct_bytes, kFirstConfigBytes));
    earshot_config own;
    EARSHOT_RETURN_IF_ERROR(
        TakeStruct("model->config: what a later version added to it"_text, *model.config, &own));
    *config = ConfigOf(own);
  }
  config->tables = &kStandardTables;
  config->label_count = model.label_count;
  if (model.placed_first == nullptr) return OkStatus();
  config->plan.placed_first = Span<const uint16_t>(model.placed_first, model.placed_first_count);
  return OkStatus();
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
  const Span<uint8_t> block =
      memory.size() > kHeaderBytes ? memory.subspan(kHeaderBytes) : Span<uint8_t>();
  Status status =
      KeywordSpotter::Create(spotter->model, *resolver, config, block, &spotter->spotter);
  if (status.code == StatusCode::kArenaTooSmall) {
    status.found = StatusNumber(static_cast<int64_t>(memory.size()));
    status.wanted = StatusNumber(static_cast<int64_t>(status.wanted) + kHeaderBytes);
  }
  spotter->labels = model.labels;
  return status;
}

Status SpotterBytes(const earshot_model* given, void* lent, size_t lent_size, size_t* bytes) {
  if (bytes == nullptr) return NullPointer("bytes is null"_text);
  *bytes = 0;
  earshot_model model;
  EARSHOT_RETURN_IF_ERROR(TakeModel(given, &model));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(lent, lent_size));
  earshot_spotter trial;
  const Status status = Build(model, Span<uint8_t>(static_cast<uint8_t*>(lent), lent_size), &trial);
  if (status.ok()) *bytes = kHeaderBytes + trial.spotter.used_bytes();
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
  if (result == nullptr) return NullPointer("result is null"_text);
  const uint32_t struct_bytes = result->struct_bytes;
  EARSHOT_RETURN_IF_ERROR(
      CheckStructBytes("result->struct_bytes"_text, struct_bytes, kFirstResultBytes));
  std::memset(result, 0, struct_bytes);
  result->struct_bytes = struct_bytes;
  if (spotter == nullptr) return NullPointer("spotter is null"_text);
  if (samples == nullptr && count != 0) return NullPointer("samples is null, count is not 0"_text);
  KeywordSpotter::Result heard;
  EARSHOT_RETURN_IF_ERROR(spotter->spotter.Feed(Span<const int16_t>(samples, count), &heard));
  result->score_count = static_cast<int32_t>(heard.scores.size());
  result->scores = heard.scores.data();
  result->time_ms = heard.time_ms;
  result->consumed = heard.consumed;
  if (heard.detection == nullptr) return OkStatus();
  const Detection& detection = *heard.detection;
  spotter->detection.struct_bytes = sizeof(earshot_detection);
  spotter->detection.label_index = detection.label;
  spotter->detection.label = spotter->labels[detection.label];
  spotter->detection.start_ms = detection.start_ms;
  spotter->detection.end_ms = detection.end_ms;
  spotter->detection.time_ms = detection.time_ms;
  spotter->detection.score = detection.score;
  result->detection = &spotter->detection;
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

void earshot_spotter_reset(earshot_spotter* spotter) {
  if (spotter != nullptr) spotter->spotter.Reset();
}

}  // extern "C"
