// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/number_text.h"

#include <charconv>
#include <cmath>
#include <system_error>

namespace earshot::host {
namespace {

// A sign that std::from_chars does not know; none may follow it.
std::string_view WithoutPlus(std::string_view text) {
  const bool has_plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
  return has_plus ? text.substr(1) : text;
}

bool IsWhole(const std::from_chars_result& result, std::string_view text) {
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

template <typename Whole>
bool ReadWhole(std::string_view text, Whole* value) {
  text = WithoutPlus(text);
  const bool is_hex = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (is_hex) text.remove_prefix(2);
  if (is_hex && text[0] == '-') return false;
  Whole number = 0;
  if (!IsWhole(std::from_chars(text.data(), text.data() + text.size(), number, is_hex ? 16 : 10),
               text)) {
    return false;
  }
  *value = number;
  return true;
}

}  // namespace

bool ReadNumber(std::string_view text, double* value) {
  text = WithoutPlus(text);
  double number = 0;
  if (!IsWhole(std::from_chars(text.data(), text.data() + text.size(), number), text) ||
      !std::isfinite(number)) {
    return false;
  }
  *value = number;
  return true;
}

bool ReadNumber(std::string_view text, int32_t* value) { return ReadWhole(text, value); }
bool ReadNumber(std::string_view text, int64_t* value) { return ReadWhole(text, value); }
bool ReadNumber(std::string_view text, uint32_t* value) { return ReadWhole(text, value); }
bool ReadNumber(std::string_view text, uint64_t* value) { return ReadWhole(text, value); }

}  // namespace earshot::host
