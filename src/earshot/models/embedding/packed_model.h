// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model packed for a device's slot, just as that will find it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/manifest.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

struct PackedModel {
  AlignedBytes bytes;                  // As PackModelSlot() makes them.
  std::vector<const Kernel*> kernels;  // That the image must list.
};

// Packs a model, its file's bytes, with what its manifest says. An empty `name` is the manifest's
// wake word. `strides_per_inference` and `origin` as for MakeModelConfig(). Throws as
// MeasureModel() and PackModelSlot() do.
PackedModel PackModel(Span<const uint8_t> model, const Manifest& manifest, const std::string& name,
                      std::optional<int32_t> strides_per_inference = {},
                      const std::string& origin = "manifest");

}  // namespace earshot
