// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SpotterConfig: what a KeywordSpotter or a KeywordDetector is set up with, beside its model.
#pragma once

#include <cstdint>

#include "earshot/app/recognizer_config.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend_tables.h"
#include "earshot/runtime/memory_planner.h"

namespace earshot {

// Beside these members it has those of earshot/app/spotter_settings.inc, where their defaults and
// ranges are: stride_ms, strides_per_inference, context_ms.
struct SpotterConfig {
  const FrontendTables* tables = nullptr;  // Those the model was trained with.
  int32_t label_count = 0;                 // The model's outputs.
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, ...) type name = fallback;
#include "earshot/app/spotter_settings.inc"
  RecognizerConfig recognizer;
  PlanOptions plan;  // Of the model's arena.
};

// That the front end's numbers and times are such as can be counted with: kInvalidArgument where
// they are not. The other members are checked together with the model.
Status CheckFrontend(const SpotterConfig& config);

}  // namespace earshot
