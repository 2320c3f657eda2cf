// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <numeric>
#include <sstream>
#include <utility>

#include "earshot/host/console/standard_output.h"
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

// Throws UsageError for arguments that cannot be meant, whatever the command: one that is empty, an
// option with nothing behind its "=", and a command that is none of `program`'s. To be called
// before `program` parses them, which would take the first two for something else, and --help
// beside the third for a wish.
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

// What the parser has to say: a wish for help or the version, or what is wrong with the arguments.
int Answer(const CLI::App& program, const CLI::ParseError& error) {
  std::ostringstream help;
  std::ostringstream unused;
  if (program.exit(error, help, unused) == 0) {
    WriteStandardOutput(help.str());
    return kExitOk;
  }
  Warn(error.what());
  Warn("--help says what is wanted");
  return kExitUsage;
}

}  // namespace

Option& Option::TypeName(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::Required() {
  option_->required();
  return *this;
}

Option& Option::ShowDefault() {
  option_->capture_default_str();
  return *this;
}

Option& Option::OneValueEach() {
  option_->allow_extra_args(false);
  return *this;
}

Option& Option::Needs(const std::string& other) {
  option_->needs(other);
  return *this;
}

Option& Option::Excludes(const std::string& other) {
  option_->excludes(other);
  return *this;
}

Option CommandLine::Add(const std::string& name, std::string* target,
                        const std::string& description) {
  return Option(app_->add_option(name, *target, description));
}

Option CommandLine::Add(const std::string& name, std::vector<std::string>* target,
                        const std::string& description) {
  return Option(app_->add_option(name, *target, description));
}

Option CommandLine::Add(const std::string& name, const Take& take, const std::string& description,
                        const Default& value) {
  const CLI::callback_t callback = [name, take](const CLI::results_t& texts) {
    const std::string wrong = take(texts.at(0));
    if (!wrong.empty()) throw CLI::ValidationError(name, wrong);
    return true;
  };
  return Option(app_->add_option(name, callback, description, false, value));
}

Option CommandLine::AddFlag(const std::string& name, bool* target, const std::string& description) {
  return Option(app_->add_flag(name, *target, description));
}

void CommandLine::SetRun(std::function<int()> run) { *run_ = std::move(run); }

struct Program::Command {
  CLI::App* app = nullptr;
  std::function<int()> run;
};

Program::Program(const std::string& description, const std::string& examples,
                 const std::string& version)
    : app_(std::make_unique<CLI::App>(description, "earshot")) {
  app_->footer(examples);
  app_->formatter(std::make_shared<HelpFormatter>());
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
}

Program::~Program() = default;

CommandLine Program::AddCommand(const std::string& name, const std::string& description,
                                const std::string& examples) {
  CLI::App* app = app_->add_subcommand(name, description);
  app->footer(examples);
  commands_.push_back(std::make_unique<Command>());
  commands_.back()->app = app;
  return CommandLine(app, &commands_.back()->run);
}

int Program::Run(int argc, char** argv) {
  CheckArguments(*app_, {argv + 1, argv + argc});
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Answer(*app_, error);
  }
  for (const auto& command : commands_) {
    if (command->app->parsed()) return command->run();
  }
  return kExitUsage;  // Not reached: one command is required.
}

}  // namespace earshot::host
