// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/commands/command.h"

#include <memory>

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

}  // namespace

void PutExamplesFirst(CLI::App& app) { app.formatter(std::make_shared<HelpFormatter>()); }

CLI::App* AddCommandTo(CLI::App& program, const std::string& name, const std::string& description,
                       const std::string& examples) {
  CLI::App* command = program.add_subcommand(name, description);
  command->footer(examples);
  return command;
}

}  // namespace earshot::host
