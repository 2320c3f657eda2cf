// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/standard_output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "host/errors.h"

namespace earshot::host {

void WriteStandardOutput(std::string_view text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written) return;
  if (errno == EPIPE) throw OutputClosed();
  throw InputError(std::string("standard output: ") + std::strerror(errno));
}

void Warn(std::string_view text) {
  std::fprintf(stderr, "earshot: %.*s\n", static_cast<int>(text.size()), text.data());
}

bool StandardOutputIsTerminal() { return isatty(STDOUT_FILENO) == 1; }

bool StandardErrorIsTerminal() { return isatty(STDERR_FILENO) == 1; }

bool StandardOutputIsClosed() {
  pollfd output = {STDOUT_FILENO, 0, 0};
  return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

bool ColourWanted() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return StandardOutputIsTerminal() && (no_color == nullptr || no_color[0] == '\0') &&
         terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

void IgnoreClosedPipes() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace earshot::host
