// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/common/command_line.h"

#include "firmware/port/console.h"

namespace earshot {

const char* CommandLine::Poll() {
  for (int c = port::ConsoleRead(); c >= 0; c = port::ConsoleRead()) {
    if (c != '\r' && c != '\n') {
      if (size_ + 1 < kCapacity) text_[size_++] = static_cast<char>(c);
      continue;
    }
    if (size_ == 0) continue;
    text_[size_] = '\0';
    size_ = 0;
    return text_;
  }
  return nullptr;
}

bool IsCommand(const char* line, const char* command) {
  for (; *line == *command; ++line, ++command) {
    if (*line == '\0') return true;
  }
  return false;
}

}  // namespace earshot
