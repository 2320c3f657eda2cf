// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot run`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command.h"

namespace earshot::host {

Command AddRunCommand(CLI::App& program);

}  // namespace earshot::host
