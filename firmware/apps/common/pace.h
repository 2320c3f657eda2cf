// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How often firmware asks a model.
#pragma once

#include <cstdint>

#include "earshot/app/keyword_spotter.h"

namespace earshot {

// Models that look at a whole window are trained for any moment, so a host asks them at every
// stride. For a microcontroller ten times a second is enough: a word is in view for half a second
// and more.
constexpr int32_t kFirmwareDecisionMs = 100;

// `config` with firmware's pace, unless it says itself how many strides one inference is for, or
// the model remembers and so cannot choose.
inline SpotterConfig AtFirmwarePace(const Model& model, SpotterConfig config) {
  if (!model.remembers() && config.strides_per_inference == 1 &&
      config.stride_ms < kFirmwareDecisionMs) {
    config.strides_per_inference = kFirmwareDecisionMs / config.stride_ms;
  }
  return config;
}

}  // namespace earshot
