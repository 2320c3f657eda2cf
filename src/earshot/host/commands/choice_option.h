// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options that are one of a few names: the one way to add them.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

namespace earshot::host {

// Adds an option whose value is one of the names of `choices`; what belongs to it goes to `target`,
// which outlives `app`. Any other value is an error that tells the names.
template <typename Target>
CLI::Option* AddChoice(CLI::App* app, const std::string& name, Target* target,
                       const std::string& description,
                       const std::vector<std::pair<std::string, Target>>& choices) {
  std::string names;
  for (const auto& choice : choices) names += (names.empty() ? "" : "|") + choice.first;
  const auto take = [name, target, choices, names](const CLI::results_t& texts) {
    for (const auto& [text, value] : choices) {
      if (text != texts.at(0)) continue;
      *target = value;
      return true;
    }
    throw CLI::ValidationError(name, fmt::format("found \"{}\", wanted {}", texts.at(0), names));
  };
  return app->add_option(name, take, description)->type_name(names);
}

}  // namespace earshot::host
