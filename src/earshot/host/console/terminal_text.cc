// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/console/terminal_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace earshot::host {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char kReplacementText[] = "\xEF\xBF\xBD";

struct Range {
  char32_t first;
  char32_t last;
};

// Blocks of Unicode's EastAsianWidth.txt that are wide throughout (but for unassigned ones).
constexpr std::array<Range, 10> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};

// Combining marks for Latin, Cyrillic and Hebrew letters and for symbols; joiners and selectors.
constexpr std::array<Range, 6> kWithoutWidth = {{{0x0300, 0x036F},
                                                 {0x0483, 0x0489},
                                                 {0x0591, 0x05BD},
                                                 {0x200B, 0x200D},
                                                 {0x20D0, 0x20F0},
                                                 {0xFE00, 0xFE0F}}};

// Marks that turn the direction of all that follows, which would scramble the line.
constexpr std::array<Range, 4> kDirections = {
    {{0x061C, 0x061C}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}}};

template <size_t kCount>
bool IsIn(const std::array<Range, kCount>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

struct Character {
  char32_t code;
  size_t bytes;
};

// The first character of `text`, which is not empty. What is not UTF-8 (RFC 3629) is a replacement
// of one byte.
Character Decode(std::string_view text) {
  const auto byte = [&text](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {kReplacement, 1};
  char32_t code = lead & (0x7Fu >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0u) != 0x80) return {kReplacement, 1};
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool too_long = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (too_long || surrogate || code > 0x10FFFF) return {kReplacement, 1};
  return {code, bytes};
}

int Width(char32_t c) { return IsIn(kWithoutWidth, c) ? 0 : IsIn(kWide, c) ? 2 : 1; }

// The longest beginning that takes no more than `columns`.
std::string_view Beginning(std::string_view printable, int columns) {
  size_t end = 0;
  while (end < printable.size()) {
    const Character character = Decode(printable.substr(end));
    columns -= Width(character.code);
    if (columns < 0) break;
    end += character.bytes;
  }
  return printable.substr(0, end);
}

// Basic colours are the terminal's own, which its user chose to be legible on its background.
const char* Sequence(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "\033[1m";
    case Ink::kFaint:
      return "\033[2m";
    case Ink::kGood:
      return "\033[32m";
    case Ink::kAlert:
      return "\033[1;31m";
  }
  return "";
}

std::string Escape(char32_t c) {
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  return c < 0x80 ? fmt::format("\\x{:02x}", static_cast<uint32_t>(c))
                  : fmt::format("\\u{:04x}", static_cast<uint32_t>(c));
}

}  // namespace

std::string Visible(std::string_view text) {
  std::string visible;
  visible.reserve(text.size());
  while (!text.empty()) {
    const Character character = Decode(text);
    if (character.code == kReplacement && character.bytes == 1) {
      visible += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else if (IsControl(character.code) || IsIn(kDirections, character.code)) {
      visible += Escape(character.code);
    } else {
      visible += text.substr(0, character.bytes);
    }
    text.remove_prefix(character.bytes);
  }
  return visible;
}

std::string Printable(std::string_view text, bool utf8) {
  std::string printable;
  printable.reserve(text.size());
  while (!text.empty()) {
    const Character character = Decode(text);
    if (IsControl(character.code)) {
      printable += ' ';
    } else if (character.code > 0x7F && !utf8) {
      printable += '?';
    } else if (character.code == kReplacement || IsIn(kDirections, character.code)) {
      printable += kReplacementText;
    } else {
      printable += text.substr(0, character.bytes);
    }
    text.remove_prefix(character.bytes);
  }
  return printable;
}

int Columns(std::string_view printable) {
  int columns = 0;
  while (!printable.empty()) {
    const Character character = Decode(printable);
    columns += Width(character.code);
    printable.remove_prefix(character.bytes);
  }
  return columns;
}

std::string Fit(std::string_view text, int columns, bool utf8) {
  std::string printable = Printable(text, utf8);
  if (Columns(printable) <= columns) return printable;
  const std::string ellipsis = utf8 ? "…" : "...";
  const int room = columns - Columns(ellipsis);
  if (room < 1) return std::string(Beginning(printable, columns));
  return std::string(Beginning(printable, room)) + ellipsis;
}

void TerminalLine::Add(std::string_view text, Ink ink) {
  const std::string printable = Printable(text, style_.utf8);
  const std::string_view shown = Beginning(printable, left_);
  if (shown.empty()) return;
  left_ -= Columns(shown);
  const bool inked = style_.colour && ink != Ink::kPlain;
  if (inked) text_ += Sequence(ink);
  text_ += shown;
  if (inked) text_ += "\033[0m";
}

void TerminalLine::AddColumn(std::string_view text, int columns, Ink ink) {
  const std::string shown = Fit(text, std::min(columns, left_), style_.utf8);
  Add(shown, ink);
  AddRepeated(" ", columns - Columns(shown));
}

void TerminalLine::AddRepeated(std::string_view character, int columns, Ink ink) {
  std::string text;
  for (int i = std::min(columns, left_); i > 0; --i) text += character;
  Add(text, ink);
}

}  // namespace earshot::host
