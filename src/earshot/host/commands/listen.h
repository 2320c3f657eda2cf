// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// earshot listen: hears words as they are said.
#pragma once

#include "earshot/host/commands/command.h"

namespace earshot::host {

Command AddListenCommand(CLI::App& program);

}  // namespace earshot::host
