// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs the real earshot program, as a user does.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/host/test_files.h"

namespace earshot::host {

struct ProgramRun {
  int exit_code = -1;  // 128 + the signal when one ended it.
  std::string out;
  std::string err;
};

// Runs `earshot <arguments>` to its end, with `input` on standard input.
ProgramRun RunEarshot(const std::vector<std::string>& arguments, const std::string& input = "");

// The same in the working directory `folder`.
ProgramRun RunEarshotIn(const std::string& folder, const std::vector<std::string>& arguments);

// The same with a standard output that nobody reads; `out` stays empty.
ProgramRun RunEarshotUnread(const std::vector<std::string>& arguments);

// The same with this file as standard input.
ProgramRun RunEarshotOnFile(const std::vector<std::string>& arguments, const std::string& input);

// The same where no file may hold more than `bytes`, as on a full disk.
ProgramRun RunEarshotWithSmallFiles(const std::vector<std::string>& arguments, uint64_t bytes);

// Runs this text in a shell, in which "$0" "$@" is the program with these arguments.
ProgramRun RunShell(const std::string& script, const std::vector<std::string>& arguments);

// The program while it runs, with pipes to its standard input and from its standard output, in
// place of which there may be a terminal of 80 columns and 24 rows.
class RunningEarshot {
 public:
  // With kErrorTerminal standard output is a file, and what is said here of standard output is
  // meant of standard error, which is the terminal; in ProgramRun each is where it belongs.
  enum class Output { kPipe, kTerminal, kErrorTerminal };

  explicit RunningEarshot(const std::vector<std::string>& arguments, Output output = Output::kPipe);
  ~RunningEarshot();  // Ends it, if need be.
  RunningEarshot(const RunningEarshot&) = delete;
  RunningEarshot& operator=(const RunningEarshot&) = delete;

  // Gives it all of `input`, if it takes it.
  void Write(const std::string& input) const;
  // The next line of its standard output, without line feed; waits. Empty: the end.
  std::string ReadLine() const;
  // Reads on to the end of this text; false: it did not come.
  bool ReadTo(const std::string& text) const;
  // Reads no more of it; whatever it writes then fails.
  void CloseOutput();
  void Signal(int signal) const;
  // Waits for its end; `out` is what was not read before.
  ProgramRun Wait();
  // The same, after closing its standard input.
  ProgramRun Finish();

 private:
  void CloseInput();

  Output output_;
  std::unique_ptr<TempDir> dir_;
  int child_ = 0;  // 0: has come to its end.
  int in_ = -1;    // -1: closed.
  int out_ = -1;   // -1: closed.
};

// The text's lines, without line feeds.
std::vector<std::string> Lines(const std::string& text);

// What the JSON lines of `classify` and `listen` have in common of each word: label, score and
// times.
std::vector<nlohmann::json> Words(const std::string& jsonl);

// Each line of a text, parsed.
std::vector<nlohmann::json> JsonLines(const std::string& text);
// What is wrong by the ids of a report of mic-check.
std::vector<std::string> Problems(const nlohmann::json& report);

}  // namespace earshot::host
