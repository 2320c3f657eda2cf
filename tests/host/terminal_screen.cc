// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/terminal_screen.h"

#include <algorithm>
#include <stdexcept>

namespace earshot::host {

void TerminalScreen::Write(std::string_view text) {
  while (!text.empty()) {
    size_t used = 1;
    if (text[0] == '\r') {
      column_ = 0;
    } else if (text[0] == '\n') {
      LineFeed();
    } else if (text[0] == '\033') {
      used = Escape(text);
    } else {
      while (used < text.size() && (static_cast<unsigned char>(text[used]) & 0xC0u) == 0x80) ++used;
      Put(text.substr(0, used));
    }
    text.remove_prefix(used);
  }
}

void TerminalScreen::Resize(int columns, int rows) {
  columns_ = static_cast<size_t>(columns);
  // A terminal that gets lower drops lines below the cursor first.
  const size_t above = line_ - Top();
  rows_ = static_cast<size_t>(rows);
  const size_t below = rows_ > above + 1 ? rows_ - above - 1 : 0;
  lines_.resize(std::min(lines_.size(), line_ + 1 + below));
  for (auto& line : lines_) line.resize(std::min(line.size(), columns_));
}

std::vector<std::string> TerminalScreen::Lines() const {
  std::vector<std::string> texts;
  for (const auto& line : lines_) {
    std::string text;
    for (const std::string& character : line) text += character;
    text.erase(text.find_last_not_of(' ') + 1);
    texts.push_back(text);
  }
  return texts;
}

// Returns how long it is.
size_t TerminalScreen::Escape(std::string_view text) {
  const size_t end = text.find_first_not_of("0123456789;?", 2);
  if (text.substr(0, 2) != "\033[" || end == std::string_view::npos) {
    throw std::runtime_error("no escape sequence");
  }
  const std::string code(text.substr(2, end - 1));
  if (code == "K") {
    lines_[line_].resize(std::min(lines_[line_].size(), column_));
  } else if (code == "J") {
    lines_[line_].resize(std::min(lines_[line_].size(), column_));
    lines_.resize(line_ + 1);
  } else if (code.back() == 'A') {
    line_ = std::max(Top(), line_ - std::min<size_t>(line_, std::stoul(code)));
  } else if (code.back() == 'm') {
    plain_ = code == "0m";
  } else if (code == "?25h" || code == "?25l") {
    cursor_shown_ = code.back() == 'h';
  } else if (code == "?7h" || code == "?7l") {
    wraps_ = code.back() == 'h';
  } else {
    throw std::runtime_error("unknown escape sequence " + code);
  }
  return end + 1;
}

void TerminalScreen::Put(std::string_view character) {
  if (column_ == columns_ && wraps_) {
    LineFeed();
    column_ = 0;
  }
  column_ = std::min(column_, columns_ - 1);
  std::vector<std::string>& line = lines_[line_];
  if (line.size() <= column_) line.resize(column_ + 1, " ");
  line[column_++] = character;
}

void TerminalScreen::LineFeed() {
  ++line_;
  if (line_ == lines_.size()) lines_.emplace_back();
}

}  // namespace earshot::host
