// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/spotter/voice_model.h"

#include "board.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/apps/common/pace.h"
#include "firmware/apps/spotter/image_model.h"
#include "firmware/port/model_slot.h"

namespace earshot {
namespace {

alignas(ImageSpotter::kMemoryAlignment) uint8_t g_memory[kImageSpotterBytes];

void SendStart(const char* source, const char* model) {
  JsonLine("start").Text("board", board::kName).Text("source", source).Text("model", model).Send();
}

}  // namespace

bool VoiceModel::Start() { return StartFromSlot() || StartFromImage(); }

bool VoiceModel::StartFromSlot() {
  const Span<const uint8_t> region = port::ModelSlotRegion();
  if (ModelSlotIsEmpty(region)) {
    if (!region.empty()) JsonLine("slot").Text("state", "empty").Send();
    return false;
  }
  Status status = OpenImageSlot(region, &slot_);
  if (status.ok()) status = Create(slot_.model_bytes(), ImageSlotConfig(slot_));
  if (status.ok()) {
    SendStart("slot", slot_.name());
    return true;
  }
  SendError("model slot", status);
  slot_ = ModelSlot();
  return false;
}

bool VoiceModel::StartFromImage() {
  const EmbeddedModel* model = ImageModel();
  if (model == nullptr) {
    JsonLine("error")
        .Text("what", "the image has no model of its own: flash one to the slot")
        .Send();
    return false;
  }
  const Status status = Create(model->bytes, model->config);
  if (status.ok()) {
    SendStart("image", model->name);
  } else {
    SendError("model of the image", status);
  }
  return status.ok();
}

// A slot brings no code: a model that needs an operator that the image does not have is refused.
Status VoiceModel::Create(Span<const uint8_t> model, const SpotterConfig& config) {
  EARSHOT_RETURN_IF_ERROR(Model::Load(model, &model_));
  return ImageSpotter::Create(model_, ImageOperators(), AtFirmwarePace(model_, config), g_memory,
                              &spotter_);
}

const char* VoiceModel::label(int32_t index) const {
  const auto label = static_cast<size_t>(index);
  return slot_.opened() ? slot_.label(label) : ImageModel()->labels[label];
}

size_t VoiceModel::memory_bytes() { return sizeof(g_memory); }

void SendError(const char* about, const Status& status) {
  JsonLine line("error");
  line.Text("about", about);
#if EARSHOT_STATUS_TEXTS
  line.Text("what", status.what);
#else
  line.Number("what_id", status.what.id());
#endif
  line.Number("code", static_cast<int32_t>(status.code))
      .Number("subject", static_cast<int32_t>(status.subject))
      .Number("index", status.index)
      .Number("found", status.found)
      .Number("wanted", status.wanted)
      .Send();
}

}  // namespace earshot
