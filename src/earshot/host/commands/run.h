// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot run`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

void AddRunCommand(Program& program);

}  // namespace earshot::host
