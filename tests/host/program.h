// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs the real earshot program, as a user does.
#pragma once

#include <string>
#include <vector>

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

// The text's lines, without line feeds.
std::vector<std::string> Lines(const std::string& text);

}  // namespace earshot::host
