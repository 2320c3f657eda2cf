// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot devices`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command.h"

namespace earshot::host {

Command AddDevicesCommand(CLI::App& program);

}  // namespace earshot::host
