// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What ends a command early, and the program's exit codes.
//
// The core answers with Status values; the host program turns those into these exceptions, each of
// which main() turns into one line on standard error and an exit code.
#pragma once

#include <stdexcept>
#include <string>

#include "earshot/base/status.h"
#include "earshot/models/model_error.h"

namespace earshot::host {

// Documented in docs/cli.md.
enum ExitCode : int {
  kExitOk = 0,
  kExitVerdict = 1,  // The command did its work, and what it judged is not good enough.
  kExitUsage = 2,
  kExitBadInput = 3,
  kExitBadModel = 4,
  kExitDevice = 5,
};

// The arguments contradict each other or leave something out.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A file that cannot be read (or written), or does not hold what it should.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A model that is missing, damaged, or more than Earshot runs.
using earshot::ModelError;

// A device that cannot be opened, or does not say what it should.
struct DeviceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Whoever read our standard output has closed it (as `head` does): the end, without any message.
struct OutputClosed {};

// The text of a Status.
std::string Text(const Status& status);

}  // namespace earshot::host
