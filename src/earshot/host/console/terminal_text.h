// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Text for a terminal: what it may show, how wide that is, and lines that end where it ends.
#pragma once

#include <string>
#include <string_view>

namespace earshot::host {

// What a terminal can and shall show.
struct TerminalStyle {
  bool colour = false;  // 256 colours, as xterm has them. No escape sequences otherwise.
  bool utf8 = false;    // ASCII otherwise.
};

struct TerminalSize {
  int columns = 80;
  int rows = 24;
};

// The same text in one line that obeys nobody, for all text output, whether at a terminal or in a
// pipe: control characters, line ends, bytes that are not UTF-8 and what changes the direction of
// writing are shown as "\n", "\x1b", "\u202e". All else stays as it is.
std::string Visible(std::string_view text);

// The same text, harmless and as short: a space for each control character, U+FFFD for what is not
// UTF-8 and for what changes the direction of writing; without `utf8`, '?' for all but ASCII.
std::string Printable(std::string_view text, bool utf8);

// How many columns Printable()'s text takes: 2 for the wide characters of East Asia and emoji, 0
// for marks that combine with the letter before them.
int Columns(std::string_view printable);

// Printable() text, and if it is wider than `columns` its beginning and an ellipsis.
std::string Fit(std::string_view text, int columns, bool utf8);

enum class Ink { kPlain, kBold, kFaint, kGood, kAlert };

// One line, put together from left to right, never wider than `columns`.
class TerminalLine {
 public:
  TerminalLine(int columns, TerminalStyle style) : left_(columns), style_(style) {}

  // Any text, made printable and cut where the line ends. Cells that are not filled: left().
  void Add(std::string_view text, Ink ink = Ink::kPlain);
  // The same in exactly `columns`, or what is left: shortened, or filled up with spaces.
  void AddColumn(std::string_view text, int columns, Ink ink = Ink::kPlain);
  // `columns` times the same one-column character.
  void AddRepeated(std::string_view character, int columns, Ink ink = Ink::kPlain);

  int left() const { return left_; }
  TerminalStyle style() const { return style_; }
  const std::string& text() const { return text_; }

 private:
  int left_;
  TerminalStyle style_;
  std::string text_;
};

}  // namespace earshot::host
