// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot mix`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

void AddMixCommand(Program& program);

}  // namespace earshot::host
