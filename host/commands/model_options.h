// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The options that choose a model; the same for every command that listens.
#pragma once

#include <string>
#include <vector>

#include "host/commands/command.h"
#include "host/keyword_model.h"

namespace earshot::host {

// Adds --model, --manifest, --labels, --background and --strides-per-inference. `choice` outlives
// `app`.
void AddModelOptions(CLI::App* app, ModelChoice* choice);

// The same without --model.
void AddManifestOptions(CLI::App* app, ModelChoice* choice);

// Adds --model for several models, as LoadModels() takes them.
void AddSeveralModels(CLI::App* app, std::vector<std::string>* models);

// Adds --threshold, --average-window-ms and --suppression-ms.
void AddRecognizerOptions(CLI::App* app, RecognizerOverrides* overrides);

// Loads each of `names`, with what `common` says beside; without any name, just `common`. Throws
// UsageError, which begins with the name of the command: --manifest or --labels, and more than one
// model; and as KeywordModel does.
std::vector<KeywordModel> LoadModels(const std::string& command,
                                     const std::vector<std::string>& names,
                                     const ModelChoice& common);

// Says on standard error which labels are background, where only their names tell.
void TellBackground(const KeywordModel& model);

}  // namespace earshot::host
