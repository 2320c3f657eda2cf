// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot inspect`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command.h"

namespace earshot::host {

Command AddInspectCommand(CLI::App& program);

}  // namespace earshot::host
