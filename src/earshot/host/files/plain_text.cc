// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/plain_text.h"

#include <algorithm>
#include <string_view>

#include "earshot/host/files/byte_order_mark.h"

namespace earshot::host {
namespace {

constexpr size_t kLookedAt = 512;  // So many bytes of nothing but text are no sound.
constexpr size_t kQuotedLetters = 24;

bool IsAsciiText(uint32_t letter) {
  constexpr uint32_t kEscape = 0x1B;
  return (letter >= ' ' && letter <= '~') || (letter >= '\t' && letter <= '\r') ||
         letter == kEscape;
}

// Up to three bytes of UTF-8, all that is needed here.
std::string Utf8(uint32_t letter) {
  const auto byte = [](uint32_t bits) { return static_cast<char>(bits); };
  if (letter < 0x80) return {byte(letter)};
  const char last = byte(0x80 | (letter & 0x3F));
  if (letter < 0x800) return {byte(0xC0 | letter >> 6), last};
  return {byte(0xE0 | letter >> 12), byte(0x80 | (letter >> 6 & 0x3F)), last};
}

// Letters in UTF-8, one by one.
class Quote {
 public:
  void Add(const std::string& letter) {
    if (letters_ < kQuotedLetters) text_ += letter;
    ++letters_;
  }
  void Add(uint32_t letter) {
    const bool is_control = letter < ' ' || (letter >= 0x7F && letter < 0xA0);
    Add(is_control ? " " : Utf8(letter));
  }
  std::string Told(const char* what) const {
    const char* more = letters_ > kQuotedLetters ? "..." : "";
    return std::string(what) + " that begins \"" + text_ + more + "\"";
  }

 private:
  size_t letters_ = 0;
  std::string text_;
};

std::string TellUtf8(Span<const uint8_t> bytes) {
  Quote quote;
  for (size_t begin = 0; begin < bytes.size();) {
    size_t end = begin + 1;
    while (end < bytes.size() && (bytes[end] & 0xC0) == 0x80) ++end;
    const std::string letter(bytes.begin() + begin, bytes.begin() + end);
    begin = end;
    if (letter == kByteOrderMark) continue;
    if (letter.size() > 1) {
      quote.Add(letter);
    } else {
      quote.Add(static_cast<uint8_t>(letter[0]));
    }
  }
  return quote.Told("text");
}

bool HasWideMark(Span<const uint8_t> bytes) {
  return bytes.size() >= 2 &&
         ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF));
}

// UTF-16 behind its mark: ASCII, and letters of the scripts that come next. Empty: it is none.
std::string TellUtf16(Span<const uint8_t> bytes) {
  constexpr size_t kFewest = 6;  // Bytes; fewer are no more than three samples.
  constexpr uint32_t kFirstLetter = 0xA0;
  constexpr uint32_t kLastLetter = 0x2FFF;
  if (bytes.size() < kFewest || !HasWideMark(bytes)) return "";
  const size_t low = bytes[0] == 0xFF ? 0 : 1;
  Quote quote;
  for (size_t i = 2; i + 1 < bytes.size(); i += 2) {
    const uint32_t letter = bytes[i + low] | static_cast<uint32_t>(bytes[i + 1 - low]) << 8;
    const bool is_letter = letter >= kFirstLetter && letter <= kLastLetter;
    if (!IsAsciiText(letter) && !is_letter) return "";
    quote.Add(letter);
  }
  return quote.Told("text in UTF-16");
}

// Whether all is text if bytes beyond ASCII are letters, of which there is at most one in so many.
bool IsLatin1Text(Span<const uint8_t> bytes, size_t in_so_many) {
  size_t letters = 0;
  for (const uint8_t byte : bytes) {
    if (byte >= 0x80) {
      ++letters;
    } else if (!IsAsciiText(byte)) {
      return false;
    }
  }
  return letters * in_so_many <= bytes.size() && !bytes.empty();
}

bool IsLineControl(uint8_t byte) { return byte >= '\t' && byte <= '\r'; }

// Whether every second byte is the same, or one of those that move the cursor: as of samples around
// an offset, which a microphone may have and mic-check shall find.
bool AreSamplesAroundOffset(Span<const uint8_t> bytes) {
  constexpr size_t kFewest = 64;
  if (bytes.size() < kFewest) return false;
  bool are_same = true;
  bool are_controls = true;
  for (size_t i = 1; i < bytes.size(); i += 2) {
    are_same = are_same && bytes[i] == bytes[1];
    are_controls = are_controls && IsLineControl(bytes[i]);
  }
  return are_same || are_controls;
}

std::string TellLatin1(Span<const uint8_t> bytes) {
  Quote quote;
  for (const uint8_t byte : bytes) quote.Add(byte);
  return quote.Told("text");
}

}  // namespace

bool IsUtf8Text(Span<const uint8_t> bytes) {
  size_t following = 0;  // Bytes that the letter still needs.
  for (const uint8_t byte : bytes) {
    const bool follows = (byte & 0xC0) == 0x80;
    if (follows != (following > 0)) return false;
    if (follows) {
      --following;
    } else if (byte >= 0xC2 && byte <= 0xF4) {
      following = byte >= 0xF0 ? 3 : (byte >= 0xE0 ? 2 : 1);
    } else if (!IsAsciiText(byte)) {
      return false;
    }
  }
  return !bytes.empty();
}

std::string TellText(Span<const uint8_t> beginning) {
  constexpr size_t kLatin1Share = 8;
  const Span<const uint8_t> bytes = beginning.subspan(0, std::min(beginning.size(), kLookedAt));
  if (AreSamplesAroundOffset(bytes)) return "";
  if (IsUtf8Text(bytes)) return TellUtf8(bytes);
  if (IsLatin1Text(bytes, kLatin1Share)) return TellLatin1(bytes);
  return TellUtf16(bytes);
}

bool MayBeText(Span<const uint8_t> beginning) {
  constexpr size_t kMostShare = 2;
  return HasWideMark(beginning) || IsUtf8Text(beginning) || IsLatin1Text(beginning, kMostShare);
}

size_t TextBefore(Span<const uint8_t> beginning) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const std::string_view bytes(reinterpret_cast<const char*>(beginning.data()), beginning.size());
  const bool has_mark = bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark;
  const size_t mark = has_mark ? kByteOrderMark.size() : 0;
  const size_t blanks = std::min(bytes.find_first_not_of(kWhiteSpace, mark), bytes.size());
  if (blanks > 0) return blanks;
  for (const std::string_view line_ends : {"\r\n\r\n", "\n\n"}) {
    const size_t end = bytes.find(line_ends);
    if (end == std::string_view::npos) continue;
    const size_t begin = end + line_ends.size();
    if (IsUtf8Text(beginning.subspan(0, begin))) return begin;
  }
  return 0;
}

}  // namespace earshot::host
