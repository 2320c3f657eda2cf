// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// EmbeddedModel: a model that is part of the image, with all that a KeywordSpotter needs beside it.
//
// The build writes one constant of this type for each model (cmake/earshot_embed_model.cmake). It
// lies in read-only memory, and nothing runs to make it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/keyword_spotter.h"
#include "earshot/base/span.h"
#include "earshot/models/clip_config.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

struct EmbeddedModel {
  const char* name = nullptr;      // E.g. "tiny_conv_yes_no".
  Span<const uint8_t> bytes;       // The .tflite file, aligned for Model::Load().
  Span<const char* const> labels;  // In the order of the model's outputs; UTF-8.
  SpotterConfig config;
  OperatorResolver resolver;  // Only the kernels that this model uses.
  // What Create() of the spotter needs for this model, and what an Interpreter needs alone with
  // config.plan in its AllocationOptions: one byte less is not enough. The generated header has
  // both as constants, to size a static buffer.
  size_t spotter_bytes = 0;
  size_t arena_bytes = 0;
  ClipConfig clip;
  const char* sha256 = nullptr;  // Of `bytes`, 64 hexadecimal digits.
};

}  // namespace earshot
