// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/embedding/packed_model.h"

#include <utility>

#include "earshot/models/embedding/measured_model.h"
#include "earshot/models/slot/model_slot_writer.h"

namespace earshot {

PackedModel PackModel(Span<const uint8_t> model, const Manifest& manifest, const std::string& name,
                      std::optional<int32_t> strides_per_inference, const std::string& origin) {
  MeasuredModel measured = MeasureModel(model, manifest, strides_per_inference, origin);
  SlotContents contents;
  contents.name = name.empty() ? manifest.wake_word : name;
  contents.model = model;
  contents.labels = manifest.labels;
  contents.config = measured.config;
  contents.spotter_bytes = measured.spotter_bytes;
  contents.arena_bytes = measured.arena_bytes;
  return {PackModelSlot(contents), std::move(measured.kernels)};
}

}  // namespace earshot
