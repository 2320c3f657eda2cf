// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface to packed slots: apart from the rest of it, so that programs without slots do not
// link their reader.

#include "earshot/app/c_interface.h"
#include "earshot/earshot.h"
#include "earshot/models/slot/model_slot.h"

namespace earshot {
namespace {

Status CheckRoom(size_t labels, int32_t most_labels) {
  if (most_labels >= 0 && labels <= static_cast<size_t>(most_labels)) return OkStatus();
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kNone},
                   "most_labels: the slot has more"_text, StatusUnit::kCount, most_labels,
                   static_cast<int64_t>(labels));
}

Status OpenSlot(Span<const uint8_t> region, const char** labels, int32_t most_labels,
                earshot_config* config, earshot_model* model) {
  EARSHOT_RETURN_IF_ERROR(CheckConfig(config));
  if (model == nullptr) return NullPointer("model is null"_text);
  EARSHOT_RETURN_IF_ERROR(
      CheckStructBytes("model->struct_bytes"_text, model->struct_bytes, kFirstModelBytes));
  if (region.data() == nullptr) return NullPointer("slot is null"_text);
  if (labels == nullptr) return NullPointer("labels is null"_text);
  ModelSlot slot;
  const bool is_standard = !HasFrontend(*model) || model->frontend == nullptr;
  EARSHOT_RETURN_IF_ERROR(is_standard ? OpenModelSlot(region, &slot)
                                      : OpenLogMelSlot(region, &slot));
  EARSHOT_RETURN_IF_ERROR(CheckRoom(slot.label_count(), most_labels));
  for (size_t i = 0; i < slot.label_count(); ++i) labels[i] = slot.label(i);
  const SpotterConfig spotter = slot.config();
  FillConfig(spotter, config);
  model->label_count = static_cast<int32_t>(slot.label_count());
  model->bytes = slot.model_bytes().data();
  model->size = slot.model_bytes().size();
  model->labels = labels;
  model->config = config;
  if (model->struct_bytes >= offsetof(earshot_model, placed_first_count) + sizeof(size_t)) {
    model->placed_first = spotter.plan.placed_first.data();
    model->placed_first_count = spotter.plan.placed_first.size();
  }
  return OkStatus();
}

}  // namespace
}  // namespace earshot

extern "C" earshot_status earshot_open_slot(const void* slot, size_t size, const char** labels,
                                            int32_t most_labels, earshot_config* config,
                                            earshot_model* model) {
  const earshot::Span<const uint8_t> region(static_cast<const uint8_t*>(slot), size);
  return earshot::ToC(earshot::OpenSlot(region, labels, most_labels, config, model));
}
