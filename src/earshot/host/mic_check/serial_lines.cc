// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/serial_lines.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

struct Baud {
  int number;
  speed_t speed;
};

constexpr Baud kBauds[] = {{9600, B9600},      {19200, B19200},   {38400, B38400},
                           {57600, B57600},    {115200, B115200}, {230400, B230400},
                           {460800, B460800},  {921600, B921600}, {1000000, B1000000},
                           {2000000, B2000000}};

speed_t Speed(int baud) {
  std::string known;
  for (const Baud& one : kBauds) {
    if (one.number == baud) return one.speed;
    known += fmt::format(" {}", one.number);
  }
  throw UsageError(fmt::format("--baud: found {}, wanted one of{}", baud, known));
}

}  // namespace

SerialLines::SerialLines(const std::string& path, int baud) : path_(path) {
  const speed_t speed = Speed(baud);
  if (path == "-") {
    path_ = "standard input";
    file_ = STDIN_FILENO;
  } else {
    // Without O_NONBLOCK a serial port without carrier would be waited for; a pipe is waited for.
    struct stat status = {};
    const bool is_device = stat(path.c_str(), &status) == 0 && S_ISCHR(status.st_mode);
    file_ = open(path.c_str(), O_RDONLY | O_NOCTTY | O_CLOEXEC | (is_device ? O_NONBLOCK : 0));
    if (file_ < 0) throw DeviceError(path_ + ": " + std::strerror(errno));
  }
  is_terminal_ = isatty(file_) == 1;
  if (!is_terminal_) return;
  termios settings = {};
  const bool done = tcgetattr(file_, &settings) == 0 && [&] {
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    return cfsetispeed(&settings, speed) == 0 && cfsetospeed(&settings, speed) == 0 &&
           tcsetattr(file_, TCSANOW, &settings) == 0 && tcflush(file_, TCIFLUSH) == 0;
  }();
  if (!done) {
    const std::string reason = std::strerror(errno);
    if (file_ != STDIN_FILENO) close(file_);
    throw DeviceError(path_ + ": cannot be set up as a serial port: " + reason);
  }
}

SerialLines::~SerialLines() {
  if (file_ != STDIN_FILENO) close(file_);
}

// Moves one line, ended by CR, LF or both, from what was received. An empty one is none.
bool SerialLines::TakeLine(std::string* line) {
  for (;;) {
    const size_t end = received_.find_first_of("\r\n");
    if (end == std::string::npos) break;
    *line = received_.substr(0, end);
    received_.erase(0, end + 1);
    if (!line->empty()) return true;
  }
  if (received_.empty() || !(ended_ || received_.size() > kLongestLine)) return false;
  *line = std::move(received_);
  received_.clear();
  return true;
}

SerialLines::Answer SerialLines::Read(Clock::time_point deadline, std::string* line) {
  while (!TakeLine(line)) {
    if (ended_) return Answer::kEnd;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    const int64_t wait_ms = std::clamp<int64_t>(left.count(), 0, 1000000);
    pollfd poll_file = {file_, POLLIN, 0};
    const int ready = poll(&poll_file, 1, static_cast<int>(wait_ms));
    if (ready < 0 && errno != EINTR) Fail();
    if (ready == 0) return Answer::kTimeout;
    if (ready < 0) continue;
    char bytes[1024];
    const ssize_t size = read(file_, bytes, sizeof(bytes));
    arrival_ = Clock::now();
    if (size > 0) {
      received_.append(bytes, static_cast<size_t>(size));
    } else if (size == 0 || (is_terminal_ && errno == EIO)) {
      ended_ = true;
    } else if (errno != EAGAIN && errno != EINTR) {
      Fail();
    }
  }
  return Answer::kLine;
}

void SerialLines::Fail() const {
  const std::string text = path_ + ": " + std::strerror(errno);
  if (file_ == STDIN_FILENO) throw InputError(text);
  throw DeviceError(text);
}

}  // namespace earshot::host
