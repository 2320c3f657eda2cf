// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot devices`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

void AddDevicesCommand(Program& program);

}  // namespace earshot::host
