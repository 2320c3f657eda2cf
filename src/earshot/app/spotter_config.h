// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SpotterConfig: what a KeywordSpotter or a KeywordDetector is set up with, beside its model.
#pragma once

#include <cstdint>

#include "earshot/app/command_recognizer.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// The most of SpotterConfig::context_ms.
constexpr int32_t kMaxContextMs = 60000;

struct SpotterConfig {
  const FrontendTables* tables = nullptr;  // Those the model was trained with.
  int32_t stride_ms = 20;                  // From one feature frame to the next.
  // Frames from one inference to the next: 1 asks the model at every stride. Models that remember
  // (Model::remembers()) take each frame once: the number of frames in their input, no other.
  int32_t strides_per_inference = 1;
  int32_t label_count = 0;  // The model's outputs.
  // How far back in the audio one answer of the model reaches, up to kMaxContextMs; it tells where
  // a detection begins and ends. 0: as far as its input. Models that remember reach further.
  int32_t context_ms = 0;
  RecognizerConfig recognizer;
};

// That the front end's numbers and context_ms are such as can be counted with: kInvalidArgument
// where they are not. The other members are checked together with the model.
Status CheckFrontend(const SpotterConfig& config);

}  // namespace earshot
