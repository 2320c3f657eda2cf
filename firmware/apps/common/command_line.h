// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CommandLine: what somebody types on the console, collected to lines.
#pragma once

#include <cstddef>

namespace earshot {

class CommandLine {
 public:
  static constexpr size_t kCapacity = 16;

  // Takes what has arrived. A whole line, without its end, or null: none yet. Valid until the next
  // call. Longer lines are cut off, empty ones skipped.
  const char* Poll();

 private:
  char text_[kCapacity] = {};
  size_t size_ = 0;
};

// Whether two texts are the same.
bool IsCommand(const char* line, const char* command);

}  // namespace earshot
