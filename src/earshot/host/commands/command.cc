// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

// People read examples first, so they come first.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(32); }

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    return "Examples:\n" + app->get_footer() + "\n" + CLI::Formatter::make_help(app, name, mode);
  }

  std::string make_footer(const CLI::App*) const override { return ""; }
};

// How many letters have to be put in, left out or exchanged to make one text of the other.
size_t Distance(const std::string& a, const std::string& b) {
  std::vector<size_t> above(b.size() + 1);
  std::iota(above.begin(), above.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<size_t> row = {i};
    for (size_t k = 1; k <= b.size(); ++k) {
      row.push_back(
          std::min({above[k] + 1, row[k - 1] + 1, above[k - 1] + (a[i - 1] != b[k - 1])}));
    }
    above = std::move(row);
  }
  return above.back();
}

[[noreturn]] void FailForUnknownCommand(const std::string& name,
                                        const std::vector<const CLI::App*>& commands) {
  constexpr size_t kMostTypos = 2;
  std::string all;
  std::string nearest;
  size_t best = kMostTypos + 1;
  for (const CLI::App* command : commands) {
    all += (all.empty() ? "" : ", ") + command->get_name();
    const size_t distance = Distance(name, command->get_name());
    if (distance < best) nearest = command->get_name();
    best = std::min(best, distance);
  }
  const std::string hint = nearest.empty() ? "" : fmt::format("; is {} meant?", nearest);
  throw UsageError(
      fmt::format("\"{}\": no such command{} There are: {}", name, hint.empty() ? "." : hint, all));
}

// "--report=" and the like.
bool LacksValue(const std::string& argument) {
  return argument.size() > 3 && argument.compare(0, 2, "--") == 0 &&
         argument.find('=') + 1 == argument.size();
}

// The program's own options stand in front of the command; a command's behind it.
void CheckProgramOption(const CLI::App& program, const std::string& argument) {
  if (program.get_option_no_throw(argument) != nullptr) return;
  throw UsageError(argument +
                   ": no option of the program itself; a command's options stand behind "
                   "its name");
}

}  // namespace

void CheckArguments(const CLI::App& program, const std::vector<std::string>& arguments) {
  const std::vector<const CLI::App*> commands =
      program.get_subcommands([](const CLI::App*) { return true; });
  bool has_command = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument.empty()) {
      throw UsageError(i == 0 ? "the first argument is empty: a variable that is not set?"
                              : fmt::format("{}: the argument behind it is empty: a variable that "
                                            "is not set?",
                                            arguments[i - 1]));
    }
    if (LacksValue(argument)) throw UsageError(argument + ": found nothing behind =");
    if (has_command) continue;
    if (argument[0] == '-') {
      CheckProgramOption(program, argument);
      continue;
    }
    has_command = std::any_of(
        commands.begin(), commands.end(),
        [&argument](const CLI::App* command) { return command->get_name() == argument; });
    if (!has_command) FailForUnknownCommand(argument, commands);
  }
}

void PutExamplesFirst(CLI::App& app) { app.formatter(std::make_shared<HelpFormatter>()); }

CLI::App* AddCommandTo(CLI::App& program, const std::string& name, const std::string& description,
                       const std::string& examples) {
  CLI::App* command = program.add_subcommand(name, description);
  command->footer(examples);
  return command;
}

}  // namespace earshot::host
