// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What every command of the program has in common.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace earshot::host {

// A command: its part of the command line, and what it does after that was read. `run` returns the
// exit code, or throws one of earshot/host/errors.h.
struct Command {
  CLI::App* app = nullptr;
  std::function<int()> run;
};

// Adds a command whose --help begins with `examples` and goes on with `description`.
CLI::App* AddCommandTo(CLI::App& program, const std::string& name, const std::string& description,
                       const std::string& examples);

// Throws UsageError for arguments that cannot be meant, whatever the command: one that is empty, an
// option with nothing behind its "=", and a command that is none of `program`'s. To be called
// before `program` parses them, which would take the first two for something else, and --help
// beside the third for a wish.
void CheckArguments(const CLI::App& program, const std::vector<std::string>& arguments);

// Makes --help of `app`, and of the commands added later, begin with the examples in its footer.
void PutExamplesFirst(CLI::App& app);

}  // namespace earshot::host
