// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot features`: see docs/cli.md.
#pragma once

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

void AddFeaturesCommand(Program& program);

}  // namespace earshot::host
