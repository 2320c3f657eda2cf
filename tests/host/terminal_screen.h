// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TerminalScreen: what a terminal shows of what is written to it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::host {

// Knows text of one-column characters, \r, \n, and the escape sequences that the live view uses;
// throws std::runtime_error at any other. What scrolls out at the top is kept.
class TerminalScreen {
 public:
  TerminalScreen(int columns, int rows)
      : columns_(static_cast<size_t>(columns)), rows_(static_cast<size_t>(rows)) {}

  void Write(std::string_view text);

  // Lines stay as they are and are not wrapped anew, as in xterm.
  void Resize(int columns, int rows);

  // Also those above the screen; without colours and the spaces at the ends of lines.
  std::vector<std::string> Lines() const;
  // Of Lines(), counted from 0.
  size_t cursor_line() const { return line_; }
  size_t cursor_column() const { return column_; }
  bool cursor_shown() const { return cursor_shown_; }
  bool wraps() const { return wraps_; }
  bool plain() const { return plain_; }  // Neither colour nor weight.

 private:
  size_t Top() const { return lines_.size() > rows_ ? lines_.size() - rows_ : 0; }
  size_t Escape(std::string_view text);
  void Put(std::string_view character);
  void LineFeed();

  size_t columns_;
  size_t rows_;
  std::vector<std::vector<std::string>> lines_ = {{}};
  size_t line_ = 0;
  size_t column_ = 0;
  bool cursor_shown_ = true;
  bool wraps_ = true;
  bool plain_ = true;
};

}  // namespace earshot::host
