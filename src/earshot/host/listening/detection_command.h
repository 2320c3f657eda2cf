// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A command that is run for each word.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "earshot/host/listening/listen_output.h"

namespace earshot::host {

// Splits a command line into words as a shell does where there is nothing to expand: blanks divide;
// '...' holds what stands there; in "..." a backslash makes " and \ plain, elsewhere any character.
// Throws UsageError: a quote or backslash that is left open.
std::vector<std::string> SplitCommand(const std::string& command);

// Starts `command`, split into words once and never given to a shell, for each word, and goes on at
// once. Its environment is the program's with EARSHOT_LABEL, EARSHOT_SCORE (0 to 1),
// EARSHOT_START_S, EARSHOT_END_S, EARSHOT_TIME_S (s of sound) and EARSHOT_MODEL. It reads nothing
// and writes to the program's standard error. What it answers does not matter. At most 32 run at
// once; while so many do, words start none. `notify` is told, once, when a command cannot be
// started, and each time that there begin to be too many. Throws UsageError: as SplitCommand(), no
// words, or no such program.
std::unique_ptr<ListenOutput> MakeDetectionCommand(const std::string& command,
                                                   std::function<void(const std::string&)> notify);

}  // namespace earshot::host
