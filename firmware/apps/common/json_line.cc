// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/common/json_line.h"

#include "firmware/port/console.h"

namespace earshot {
namespace {

constexpr size_t kEndBytes = 2;  // "}\n"

int DigitsOf(uint32_t value) {
  int digits = 1;
  for (; value >= 10; value /= 10) ++digits;
  return digits;
}

}  // namespace

JsonLine::JsonLine(const char* event) {
  Append('{');
  Text("event", event);
}

JsonLine& JsonLine::Text(const char* key, const char* value) {
  BeginMember(key);
  Append('"');
  for (; *value != '\0'; ++value) {
    const bool plain = static_cast<uint8_t>(*value) >= ' ' && *value != '"' && *value != '\\';
    Append(plain ? *value : '?');
  }
  Append('"');
  EndMember();
  return *this;
}

JsonLine& JsonLine::Number(const char* key, int32_t value) {
  BeginMember(key);
  auto magnitude = static_cast<uint32_t>(value);
  if (value < 0) {
    Append('-');
    magnitude = 0 - magnitude;
  }
  AppendDecimal(magnitude, DigitsOf(magnitude));
  EndMember();
  return *this;
}

JsonLine& JsonLine::Score(const char* key, uint8_t score) {
  BeginMember(key);
  Append("0.");
  AppendDecimal(score * 1000u / 256u, 3);
  EndMember();
  return *this;
}

void JsonLine::Send() {
  text_[complete_++] = '}';
  text_[complete_++] = '\n';
  port::ConsoleWrite({text_, complete_});
}

void JsonLine::BeginMember(const char* key) {
  if (complete_ != 0) Append(',');
  Append('"');
  Append(key);
  Append("\":");
}

void JsonLine::EndMember() {
  if (!full_) complete_ = size_;
}

void JsonLine::Append(char c) {
  if (size_ + kEndBytes >= kCapacity) full_ = true;
  if (!full_) text_[size_++] = c;
}

void JsonLine::Append(const char* text) {
  for (; *text != '\0'; ++text) Append(*text);
}

void JsonLine::AppendDecimal(uint32_t value, int digits) {
  uint32_t place = 1;
  for (int i = 1; i < digits; ++i) place *= 10;
  for (; place != 0; place /= 10) Append(static_cast<char>('0' + value / place % 10));
}

}  // namespace earshot
