// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/spotter/voice_model.h"

#include "board.h"
#include "firmware/apps/common/json_line.h"
#include "models/tiny_conv_yes_no.h"

namespace earshot {
namespace {

// Ten decisions a second; at every stride it would be fifty, for the same words.
constexpr int32_t kStridesPerInference = 5;

alignas(KeywordSpotter::kMemoryAlignment) uint8_t g_memory[kTinyConvYesNoSpotterBytes];

}  // namespace

bool VoiceModel::Start() {
  const EmbeddedModel& embedded = kTinyConvYesNo;
  Status status = Model::Load(embedded.bytes, &model_);
  SpotterConfig config = embedded.config;
  config.strides_per_inference = kStridesPerInference;
  if (status.ok()) {
    status = KeywordSpotter::Create(model_, embedded.resolver, config, g_memory, &spotter_);
  }
  if (!status.ok()) {
    SendError(status);
    return false;
  }
  JsonLine("start").Text("board", board::kName).Text("model", embedded.name).Send();
  return true;
}

const char* VoiceModel::label(int32_t index) const {
  return kTinyConvYesNo.labels[static_cast<size_t>(index)];
}

size_t VoiceModel::memory_bytes() { return sizeof(g_memory); }

void SendError(const Status& status) {
  JsonLine("error")
      .Text("what", status.what)
      .Number("code", static_cast<int32_t>(status.code))
      .Number("subject", static_cast<int32_t>(status.subject))
      .Number("index", status.index)
      .Number("found", status.found)
      .Number("wanted", status.wanted)
      .Send();
}

}  // namespace earshot
