// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The program's command line, as its commands see it. It is read by CLI11, which only
// command_line.cc includes: it takes seconds to compile.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace earshot::host {

// An option that was added to a command.
class Option {
 public:
  // What --help shows in place of the value.
  Option& TypeName(const std::string& name);
  Option& Required();
  // --help shows the value that the option's target has now.
  Option& ShowDefault();
  // Of an option with several values: each comes behind a name of its own.
  Option& OneValueEach();
  // Refused without that other option, or with it. The other one was added before.
  Option& Needs(const std::string& other);
  Option& Excludes(const std::string& other);

 private:
  friend class CommandLine;
  explicit Option(CLI::Option* option) : option_(option) {}

  CLI::Option* option_;
};

// The part of the command line that belongs to one command: a handle, which can be copied. What
// options are read into outlives the Program.
class CommandLine {
 public:
  // Reads a value, and says what is wrong with it; nothing: it is right.
  using Take = std::function<std::string(const std::string& text)>;
  // The text of the value that the option has now; none: it has no value.
  using Default = std::function<std::string()>;

  // `name` as "--name", or "name" for what comes without one.
  Option Add(const std::string& name, std::string* target, const std::string& description);
  Option Add(const std::string& name, std::vector<std::string>* target,
             const std::string& description);
  Option Add(const std::string& name, const Take& take, const std::string& description,
             const Default& value = nullptr);

  // `name` as "--name" or "-n,--name".
  Option AddFlag(const std::string& name, bool* target, const std::string& description);

  // What the command does after its options were read: it returns the exit code, or throws one of
  // earshot/host/errors.h.
  void SetRun(std::function<int()> run);

 private:
  friend class Program;
  CommandLine(CLI::App* app, std::function<int()>* run) : app_(app), run_(run) {}

  CLI::App* app_;
  std::function<int()>* run_;
};

// The whole program: commands, of which one is run.
class Program {
 public:
  // --help begins with `examples`, also that of the commands. `version`: the text for --version.
  Program(const std::string& description, const std::string& examples, const std::string& version);
  ~Program();

  CommandLine AddCommand(const std::string& name, const std::string& description,
                         const std::string& examples);

  // Runs the command that the arguments name, and returns its exit code; or writes what --help and
  // --version ask for. Arguments that are wrong: says so on standard error and returns kExitUsage,
  // or throws UsageError. Throws what the command throws.
  int Run(int argc, char** argv);

 private:
  struct Command;

  std::unique_ptr<CLI::App> app_;
  std::vector<std::unique_ptr<Command>> commands_;
};

}  // namespace earshot::host
