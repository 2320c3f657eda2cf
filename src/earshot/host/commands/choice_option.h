// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options that are one of a few names: the one way to add them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

// Adds an option whose value is one of the names of `choices`; what belongs to it goes to `target`,
// which outlives the program. Any other value is an error that tells the names.
template <typename Target>
Option AddChoice(CommandLine& command, const std::string& name, Target* target,
                 const std::string& description,
                 const std::vector<std::pair<std::string, Target>>& choices) {
  std::string names;
  for (const auto& choice : choices) names += (names.empty() ? "" : "|") + choice.first;
  const auto take = [target, choices, names](const std::string& found) {
    for (const auto& [text, value] : choices) {
      if (text != found) continue;
      *target = value;
      return std::string();
    }
    return fmt::format("found \"{}\", wanted {}", found, names);
  };
  return command.Add(name, take, description).TypeName(names);
}

}  // namespace earshot::host
