// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What there is to know about a model before it is embedded: which kernels, how much memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "earshot/models/enough_memory.h"
#include "earshot/models/manifest.h"
#include "earshot/runtime/kernel.h"
#include "earshot/runtime/model.h"

namespace earshot {

struct MeasuredModel {
  SpotterConfig config;                // With kStandardTables.
  std::vector<const Kernel*> kernels;  // Each once, in the order of their first operators.
  size_t spotter_bytes = 0;            // As in EmbeddedModel.
  size_t arena_bytes = 0;
};

// Sets the model up just as the device will, with the standard front end and with only the kernels
// it uses. `strides_per_inference` and `origin` as for MakeModelConfig(). Throws ModelError where
// that fails, ManifestError for what the manifest has wrong about this model.
MeasuredModel MeasureModel(Span<const uint8_t> bytes, const Manifest& manifest,
                           std::optional<int32_t> strides_per_inference = {},
                           const std::string& origin = "manifest");

}  // namespace earshot
