// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// earshot listen: hears words as they are said.
#pragma once

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

void AddListenCommand(Program& program);

}  // namespace earshot::host
