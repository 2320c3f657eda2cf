// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SerialLines: lines of text from a board, or from a file in which somebody kept them.
#pragma once

#include <chrono>
#include <string>

namespace earshot::host {

class SerialLines {
 public:
  using Clock = std::chrono::steady_clock;

  enum class Answer {
    kLine,
    kTimeout,  // Nothing more before the deadline.
    kEnd,      // The file's end; of a terminal: it was unplugged.
  };

  // A file or a pipe, "-" for standard input, or a terminal (a serial port), which is set to raw
  // mode, 8 bits, no parity and `baud`; what it had received before is thrown away. Throws
  // DeviceError: it cannot be opened, or set up; UsageError: no such baud rate.
  SerialLines(const std::string& path, int baud);
  ~SerialLines();
  SerialLines(const SerialLines&) = delete;
  SerialLines& operator=(const SerialLines&) = delete;

  bool is_terminal() const { return is_terminal_; }

  // The next line, without its end. Lines longer than kLongestLine are cut. Throws when
  // reading fails: DeviceError, of standard input InputError.
  Answer Read(Clock::time_point deadline, std::string* line);
  // When the last byte of that line was read.
  Clock::time_point arrival() const { return arrival_; }

  static constexpr size_t kLongestLine = 4096;

 private:
  bool TakeLine(std::string* line);
  [[noreturn]] void Fail() const;

  std::string path_;
  int file_ = -1;
  bool is_terminal_ = false;
  bool ended_ = false;
  std::string received_;
  Clock::time_point arrival_;
};

}  // namespace earshot::host
