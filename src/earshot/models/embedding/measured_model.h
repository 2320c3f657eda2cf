// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What there is to know about a model before it is embedded: which kernels, how much memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "earshot/models/spotter_model.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

struct MeasuredModel {
  std::vector<const Kernel*> kernels;  // Each once, in the order of their first operators.
  std::vector<uint16_t> placed_first;  // As in PlanOptions.
  bool in_place = false;               // PlanOptions::make is to be PlanInPlace().
  size_t spotter_bytes = 0;            // As in EmbeddedModel.
  size_t arena_bytes = 0;
};

// Sets the model up just as the device will, with only the kernels that it uses. Throws ModelError
// where that fails. `may_be_in_place`: who carries the model can name PlanInPlace(), which is taken
// where it saves at least as much memory as it takes of an image's flash.
MeasuredModel MeasureModel(const SpotterModel& model, bool may_be_in_place = false);

}  // namespace earshot
