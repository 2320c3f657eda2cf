// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/embedding/packed_model.h"

#include <utility>

#include "earshot/models/embedding/measured_model.h"
#include "earshot/models/slot/model_slot_writer.h"

namespace earshot {

PackedModel PackModel(const SpotterModel& model, const std::string& name) {
  MeasuredModel measured = MeasureModel(model);
  SlotContents contents;
  contents.name = name.empty() ? model.name : name;
  contents.model = model.model.bytes();
  contents.labels = model.labels;
  contents.config = model.config;
  contents.config.plan.placed_first = measured.placed_first;
  contents.spotter_bytes = measured.spotter_bytes;
  contents.arena_bytes = measured.arena_bytes;
  return {PackModelSlot(contents, model.origin), std::move(measured.kernels)};
}

}  // namespace earshot
