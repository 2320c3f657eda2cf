// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/c_interface.h"

#include "earshot/frontend/standard_tables.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot {
namespace {

#if EARSHOT_STATUS_TEXTS
const char* ToC(StaticText text) { return text; }
StaticText FromC(const char* text) { return text == nullptr ? "" : text; }
#else
const char* ToC(StaticText) { return ""; }
StaticText FromC(const char*) { return nullptr; }
#endif

// Far more than any version will have, so that what nobody has set is not taken for a size.
constexpr size_t kMostStructBytes = 1024;

SpotterConfig ConfigOf(const earshot_config& config) {
  SpotterConfig spotter;
#define EARSHOT_SPOTTER_SETTING(type, name, ...) spotter.name = config.name;
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) spotter.recognizer.name = config.name;
#include "earshot/app/spotter_settings.inc"
  return spotter;
}

}  // namespace

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

Status CheckStructBytes(StaticText what, size_t found, size_t first) {
  if (found >= first && found <= kMostStructBytes) return OkStatus();
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kNone}, what, StatusUnit::kBytes,
                   static_cast<int64_t>(found), static_cast<int64_t>(first));
}

Status TakeModelFile(const earshot_model* given, earshot_model* model) {
  if (given == nullptr) return NullPointer("model is null"_text);
  EARSHOT_RETURN_IF_ERROR(
      CheckStructBytes("model->struct_bytes"_text, given->struct_bytes, kFirstModelBytes));
  EARSHOT_RETURN_IF_ERROR(
      TakeStruct("model: what a later version added to it"_text, *given, model));
  if (model->bytes == nullptr) return NullPointer("model->bytes is null"_text);
  return model->kernels != nullptr ? OkStatus() : NullPointer("model->kernels is null"_text);
}

Status TakeModel(const earshot_model* given, earshot_model* model) {
  EARSHOT_RETURN_IF_ERROR(TakeModelFile(given, model));
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

Status PackInto(void* memory, size_t size, Interpreter* interpreter) {
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, size));
  return PackWeights(Span<uint8_t>(static_cast<uint8_t*>(memory), size), interpreter);
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
  config->tables = model.frontend != nullptr ? model.frontend->tables : &kStandardTables;
  config->label_count = model.label_count;
  if (model.placed_first == nullptr) return OkStatus();
  config->plan.placed_first = Span<const uint16_t>(model.placed_first, model.placed_first_count);
  return OkStatus();
}

Status OfWholeMemory(Status status, size_t header_bytes, size_t memory_bytes) {
  if (status.code != StatusCode::kArenaTooSmall) return status;
  status.found = StatusNumber(static_cast<int64_t>(memory_bytes));
  status.wanted = StatusNumber(status.wanted + static_cast<int64_t>(header_bytes));
  return status;
}

earshot_detection ToC(const Detection& detection, const char* const* labels) {
  earshot_detection own = {};
  own.struct_bytes = sizeof(own);
  own.label_index = detection.label;
  own.label = labels[detection.label];
  own.start_ms = detection.start_ms;
  own.end_ms = detection.end_ms;
  own.time_ms = detection.time_ms;
  own.score = detection.score;
  return own;
}

Status ClearResult(earshot_result* result) {
  if (result == nullptr) return NullPointer("result is null"_text);
  EARSHOT_RETURN_IF_ERROR(
      CheckStructBytes("result->struct_bytes"_text, result->struct_bytes, kFirstResultBytes));
  GiveStruct(earshot_result{}, result);
  return OkStatus();
}

void GiveResult(const KeywordDetector::Result& heard, size_t consumed, const char* const* labels,
                earshot_detection* detection, earshot_result* result) {
  earshot_result own = {};
  own.score_count = static_cast<int32_t>(heard.scores.size());
  own.scores = heard.scores.data();
  own.time_ms = heard.time_ms;
  own.consumed = consumed;
  if (heard.detection != nullptr) {
    *detection = ToC(*heard.detection, labels);
    own.detection = detection;
  }
  GiveStruct(own, result);
}

Status CheckConfig(const earshot_config* config) {
  if (config == nullptr) return NullPointer("config is null"_text);
  return CheckStructBytes("config->struct_bytes"_text, config->struct_bytes, kFirstConfigBytes);
}

void FillConfig(const SpotterConfig& spotter, earshot_config* config) {
  earshot_config own = {};
#define EARSHOT_SPOTTER_SETTING(type, name, ...) own.name = spotter.name;
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) own.name = spotter.recognizer.name;
#include "earshot/app/spotter_settings.inc"
  GiveStruct(own, config);
}

}  // namespace earshot
