// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/html.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "earshot/app/units.h"

namespace earshot::host {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";
// The number of bytes of the UTF-8 character at the beginning of `text`; 0: there is none.
// (RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.)
size_t CharacterBytes(std::string_view text) {
  const auto byte = [&text](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return 0;
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0u) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool is_overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_surrogate = first == 0xED && second > 0x9F;
  const bool is_beyond = first == 0xF4 && second > 0x8F;
  return is_overlong || is_surrogate || is_beyond ? 0 : bytes;
}

std::string EscapedLetter(char letter) {
  switch (letter) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
    case '\n':
    case '\r':
      return " ";
    default:
      break;
  }
  const bool is_control = static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
  return is_control ? kReplacement : std::string(1, letter);
}

std::string WithSmallPrint(const std::string& value, const std::string& small) {
  return fmt::format("<b>{}</b> <small>{}</small>", value, small);
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const size_t bytes = CharacterBytes(text);
    const bool is_in_xml =
        text.substr(0, 3) != "\xEF\xBF\xBE" && text.substr(0, 3) != "\xEF\xBF\xBF";
    if (bytes == 1) {
      escaped += EscapedLetter(text[0]);
    } else if (bytes == 0 || !is_in_xml) {
      escaped += kReplacement;
    } else {
      escaped += text.substr(0, bytes);
    }
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return escaped;
}

std::string ShortPath(const std::string& path, size_t most) {
  if (path.size() <= most) return Escaped(path);
  size_t begin = path.size() - most;
  const size_t folder = path.find('/', begin);
  if (folder < path.size() - 1) begin = folder;
  // Not in the middle of a character.
  while (begin < path.size() && (static_cast<unsigned char>(path[begin]) & 0xC0u) == 0x80) ++begin;
  return "\xE2\x80\xA6" + Escaped(path.substr(begin));
}

std::string Percent(double share) {
  if (std::isnan(share)) return kDash;
  return fmt::format("{:.1f} %", share * 100);
}

std::string ShareHtml(const Estimate& share) {
  if (std::isnan(share.value)) return kDash;
  std::string small = fmt::format("{:.1f}{}{:.1f}", share.low * 100, kDash, share.high * 100);
  if (share.total > 0) small += fmt::format(" \xC2\xB7 {:.0f} of {:.0f}", share.count, share.total);
  return WithSmallPrint(Percent(share.value), small);
}

std::string RateHtml(const Estimate& rate) {
  if (std::isnan(rate.value)) return kDash;
  return WithSmallPrint(fmt::format("{:.2f} / h", rate.value),
                        fmt::format("{:.2f}{}{:.2f} \xC2\xB7 {:.0f} in {:.2f} h", rate.low, kDash,
                                    rate.high, rate.count, rate.total));
}

std::string MillisecondsHtml(const Estimate& milliseconds) {
  if (std::isnan(milliseconds.value)) return kDash;
  return WithSmallPrint(fmt::format("{:.0f} ms", milliseconds.value),
                        fmt::format("{:.0f}{}{:.0f}", milliseconds.low, kDash, milliseconds.high));
}

std::string ScoreText(uint8_t score) { return fmt::format("{:.2f}", ScoreOf(score)); }

}  // namespace earshot::host
