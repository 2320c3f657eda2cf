// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot mic-check`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command.h"

namespace earshot::host {

Command AddMicCheckCommand(CLI::App& program);

}  // namespace earshot::host
