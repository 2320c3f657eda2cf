// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The part of `earshot evaluate` that calibrates a recognizer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "earshot/host/commands/command_line.h"
#include "earshot/host/evaluation/calibration.h"
#include "earshot/host/models/keyword_model.h"

namespace earshot::host {

struct CalibrationOptions {
  bool wanted = false;
  CalibrationGoal goal;
  std::string write_manifest;  // Empty: none.
};

// Adds --calibrate, --max-fa-per-hour, --max-delay-ms and --write-manifest. `options` outlives
// the program.
void AddCalibrationOptions(CommandLine& command, CalibrationOptions* options);

// The manifest of a model file. Throws UsageError where there is none to be rewritten, ModelError
// where it cannot be read.
std::string ManifestToRewrite(const ModelChoice& choice);

// Calibrates on what `model` heard, tells the best settings on standard output, and writes the best
// one into a copy of `manifest` (its text), if it meets the goal; `strides_per_inference`: with
// which number in place of the manifest's the model was heard. Returns whether the goal is met.
// Throws UsageError: no keyword was said; InputError: cannot be written.
bool CalibrateModel(const ModelFigures& model, const CalibrationOptions& options,
                    const std::string& manifest, std::optional<int32_t> strides_per_inference,
                    size_t jobs);

}  // namespace earshot::host
