// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot features`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command.h"

namespace earshot::host {

Command AddFeaturesCommand(CLI::App& program);

}  // namespace earshot::host
