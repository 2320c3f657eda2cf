// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/console/standard_output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "earshot/host/console/terminal_text.h"
#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

std::atomic<int> standard_error = STDERR_FILENO;  // What Warn() writes to.

// Of OnlyOurStandardError: how many there are, and what standard error was without them.
int holders = 0;
int ours = -1;

std::mutex& ErrorMutex() {
  static std::mutex mutex;
  return mutex;
}

// Whether an error of writing says so; a terminal that is gone answers with EIO.
bool ReaderIsGone(int error) {
  struct stat status = {};
  return error == EPIPE ||
         (error == EIO && fstat(STDOUT_FILENO, &status) == 0 && S_ISCHR(status.st_mode));
}

}  // namespace

void WriteStandardOutput(std::string_view text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written) return;
  if (ReaderIsGone(errno)) throw OutputClosed();
  throw InputError(std::string("standard output: ") + std::strerror(errno));
}

void Warn(std::string_view text) {
  const std::string line = "earshot: " + Visible(text) + "\n";
  // Nobody can be told if this fails.
  [[maybe_unused]] const ssize_t size = write(standard_error, line.data(), line.size());
}

void WarnOutOfMemory() {
  constexpr char kText[] = "earshot: out of memory\n";
  [[maybe_unused]] const ssize_t size = write(standard_error, kText, sizeof(kText) - 1);
}

int TellFlaws(const std::string& path, const SoundFlaws& flaws) {
  if (!flaws.note.empty()) Warn(path + ": " + flaws.note);
  if (!flaws.error.empty()) Warn(path + ": " + flaws.error);
  return flaws.error.empty() ? kExitOk : kExitBadInput;
}

int StandardErrorFile() { return standard_error; }

OnlyOurStandardError::OnlyOurStandardError() {
  const std::lock_guard<std::mutex> lock(ErrorMutex());
  if (holders++ > 0) return;
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  // Once made, it stays open: another thread may be writing there.
  if (ours < 0) {
    ours = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  } else {
    dup3(STDERR_FILENO, ours, O_CLOEXEC);
  }
  if (nowhere >= 0 && ours >= 0 && dup2(nowhere, STDERR_FILENO) >= 0) standard_error = ours;
  if (nowhere >= 0) close(nowhere);
}

OnlyOurStandardError::~OnlyOurStandardError() {
  const std::lock_guard<std::mutex> lock(ErrorMutex());
  if (--holders > 0 || standard_error == STDERR_FILENO) return;
  dup2(ours, STDERR_FILENO);
  standard_error = STDERR_FILENO;
}

void KeepStandardErrorForUs() {
  [[maybe_unused]] static const auto* const forever = new OnlyOurStandardError;
}

bool StandardOutputIsTerminal() { return isatty(STDOUT_FILENO) == 1; }

bool StandardErrorIsTerminal() { return isatty(standard_error) == 1; }

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

void OpenStandardFiles() {
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest that is free. What is opened the wrong way round answers with an error.
    if (fcntl(file, F_GETFD) < 0 && errno == EBADF) {
      open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

void IgnoreOutputSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace earshot::host
