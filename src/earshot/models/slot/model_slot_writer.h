// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Packs a model and what its manifest says into a slot (earshot/models/slot/model_slot.h). For
// hosts only: it allocates and throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/app/spotter_config.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/models/model_error.h"

namespace earshot {

struct SlotContents {
  std::string name;
  Span<const uint8_t> model;  // The .tflite file.
  std::vector<std::string> labels;
  SpotterConfig config;  // With kStandardTables or kLogMelTables; the recognizer in mode kEarshot.
  size_t spotter_bytes = 0;  // As measured: what KeywordSpotter::Create() needs,
  size_t arena_bytes = 0;    // and the interpreter's part of it.
};

// The packed slot, opened again with OpenAnySlot() before it is handed over. Every byte of it
// follows from `contents`. Throws ModelError, which begins with `origin`, where a device would
// refuse it.
AlignedBytes PackModelSlot(const SlotContents& contents, const std::string& origin = "slot");

}  // namespace earshot
