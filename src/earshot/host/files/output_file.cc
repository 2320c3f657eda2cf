// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // As the system has it.
constexpr int kEndingSignals[] = {SIGINT, SIGTERM, SIGHUP};

// The names of temporary files, for a signal handler. More at once than any command has.
std::array<std::atomic<const char*>, 8> temporaries;
static_assert(std::atomic<const char*>::is_always_lock_free, "a signal handler reads it");

void RemoveTemporariesAndEnd(int signal) {
  for (const std::atomic<const char*>& temporary : temporaries) {
    const char* name = temporary;
    if (name != nullptr) unlink(name);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// Where nobody else has said what such a signal does.
void CatchEndingSignals() {
  for (const int signal : kEndingSignals) {
    struct sigaction action = {};
    if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    action.sa_handler = RemoveTemporariesAndEnd;
    sigaction(signal, &action, nullptr);
  }
}

void Announce(const char* name) {
  CatchEndingSignals();
  for (std::atomic<const char*>& temporary : temporaries) {
    const char* nothing = nullptr;
    if (temporary.compare_exchange_strong(nothing, name)) return;
  }
}

void Revoke(const char* name) {
  for (std::atomic<const char*>& temporary : temporaries) {
    const char* expected = name;
    if (temporary.compare_exchange_strong(expected, nullptr)) return;
  }
}

bool IsStandardStream(const struct stat& status) {
  for (const int file : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat stream = {};
    if (fstat(file, &stream) == 0 && stream.st_dev == status.st_dev &&
        stream.st_ino == status.st_ino) {
      return true;
    }
  }
  return false;
}

// Errors of a directory that takes no new files, but whose files may be written all the same.
bool IsClosedDirectory(int error) { return error == EACCES || error == EPERM || error == EROFS; }

}  // namespace

std::string BehindLinks(const std::string& path) {
  fs::path target(path);
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(target, error); ++i) {
    const fs::path next = fs::read_symlink(target, error);
    if (error) break;
    target = target.parent_path() / next;  // An absolute one takes its place.
  }
  return target.string();
}

OutputFile::OutputFile(const std::string& path) : path_(path), target_(BehindLinks(path)) {
  struct stat status = {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) Fail(EISDIR);
  const bool in_place = exists && (!S_ISREG(status.st_mode) || IsStandardStream(status));
  if (!in_place) {
    OpenBeside();
    if (file_ >= 0 && exists) fchmod(file_, status.st_mode & 07777);
    if (file_ >= 0) return;
    if (!exists || !IsClosedDirectory(errno)) Fail(errno);
  }
  // A stream goes on where it is.
  file_ = open(path.c_str(), O_WRONLY | O_CLOEXEC | (in_place ? O_APPEND : O_TRUNC));
  if (file_ < 0) Fail(errno);
}

// On failure there is no file, and errno says why.
void OutputFile::OpenBeside() {
  for (int i = 0; file_ < 0; ++i) {
    const std::string name =
        ".earshot-" + std::to_string(getpid()) + "-" + std::to_string(i) + ".tmp";
    temporary_ = (fs::path(target_).parent_path() / name).string();
    // To be read as well, as libsndfile wants it.
    file_ = open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_ < 0 && errno != EEXIST) {
      temporary_.clear();
      return;
    }
  }
  Announce(temporary_.c_str());
}

OutputFile::~OutputFile() {
  if (file_ >= 0) close(file_);
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  Revoke(temporary_.c_str());
}

void OutputFile::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) Fail(errno);
    bytes.remove_prefix(static_cast<size_t>(count));
  }
}

void OutputFile::Flush() {
  if (flushed_) return;
  flushed_ = true;
  // Not everything that can be written can be brought to a disk.
  if (fsync(file_) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP) Fail(errno);
}

void OutputFile::Commit() {
  Flush();
  const int closed = close(file_);
  file_ = -1;
  if (closed != 0) Fail(errno);
  if (temporary_.empty()) return;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) Fail(errno);
  Revoke(temporary_.c_str());
  temporary_.clear();
}

void OutputFile::Fail(int error) const {
  if (error == EPIPE) throw OutputClosed();
  throw InputError(path_ + ": " + std::strerror(error));
}

void WriteFile(const std::string& path, std::string_view bytes) {
  OutputFile file(path);
  file.Write(bytes);
  file.Commit();
}

}  // namespace earshot::host
