// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model packed for a device's slot, just as that will find it.
#pragma once

#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/spotter_model.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

struct PackedModel {
  AlignedBytes bytes;                  // As PackModelSlot() makes them.
  std::vector<const Kernel*> kernels;  // That the image must list.
};

// Packs a model on the standard front end or the log mel one, its clip settings left out. An empty
// `name` is the model's own. Throws as MeasureModel() and PackModelSlot() do.
PackedModel PackModel(const SpotterModel& model, const std::string& name = "");

}  // namespace earshot
