// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The options that choose a model; the same for every command that listens.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/commands/command_line.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/models/model_files.h"

namespace earshot::host {

// Adds --model, --manifest, --features, --labels, --background, --strides-per-inference and
// --max-memory. `choice` outlives the program.
void AddModelOptions(CommandLine& command, ModelChoice* choice);

// What the command line says about several models.
struct SeveralModels {
  std::vector<std::string> models;     // As ModelChoice::model. Empty: the one of `common`.
  std::vector<std::string> manifests;  // One for each of `models`, in their order; or none.
  ModelChoice common;                  // What holds for each.
};

// Adds the same for several models. `models` outlives the program.
void AddSeveralModels(CommandLine& command, SeveralModels* models);

// Adds --threshold, --average-window-ms and --suppression-ms, which take the place of the
// manifest's numbers, in streams and in clips.
void AddRecognizerOptions(CommandLine& command, RecognizerOverrides* overrides);

// Adds --vad: ModelChoice::voice.
void AddVoiceOption(CommandLine& command, ModelChoice* choice);

// Adds --no-tail: no EndSilenceSamples() behind the end of a sound.
void AddNoTailOption(CommandLine& command, bool* no_tail);

// Each model with all that is said about it, at least one. Throws UsageError, which begins with the
// name of the command: another number of manifests than of models; labels, and more than one model.
std::vector<ModelChoice> ChoicesOf(const std::string& command, const SeveralModels& models);

// Loads them. Throws as ChoicesOf() and KeywordModel do.
std::vector<KeywordModel> LoadModels(const std::string& command, const SeveralModels& models);

// Says on standard error which labels are background, where only their names tell, and where a
// model cannot tell anything apart.
void TellLabels(const KeywordModel& model);

// The files that are read of a model, as far as they can be found.
ModelFiles FilesOf(const std::string& model, const std::string& manifest);

}  // namespace earshot::host
