// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The commands of the program. What each one does: its file beside this one, and docs/cli.md.
#pragma once

#include "earshot/host/commands/command_line.h"

// In the order in which --help shows them. X(Name) stands for AddNameCommand().
#define EARSHOT_COMMANDS(X) \
  X(Bench)                  \
  X(Classify)               \
  X(Devices)                \
  X(Evaluate)               \
  X(Features)               \
  X(Inspect)                \
  X(Listen)                 \
  X(MicCheck)               \
  X(Mix)                    \
  X(Pack)                   \
  X(Run)

namespace earshot::host {

#define EARSHOT_DECLARE_COMMAND(Name) void Add##Name##Command(Program& program);
EARSHOT_COMMANDS(EARSHOT_DECLARE_COMMAND)
#undef EARSHOT_DECLARE_COMMAND

}  // namespace earshot::host
