// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The options that choose a model; the same for every command that listens.
#pragma once

#include "host/commands/command.h"
#include "host/keyword_model.h"

namespace earshot::host {

// Adds --model, --manifest, --labels and --strides-per-inference. `choice` outlives `app`.
void AddModelOptions(CLI::App* app, ModelChoice* choice);

// The same without --model.
void AddManifestOptions(CLI::App* app, ModelChoice* choice);

}  // namespace earshot::host
