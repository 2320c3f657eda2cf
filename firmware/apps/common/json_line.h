// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// JsonLine: one event on the console, a JSON object on a line of its own. No stdio, no heap.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot {

//   JsonLine("status").Number("uptime_ms", 1200).Text("model", name).Send();
//   {"event":"status","uptime_ms":1200,"model":"tiny_conv_yes_no"}
//
// What does not fit in kCapacity is left out, from the first member on that does not; the line
// stays valid JSON.
class JsonLine {
 public:
  static constexpr size_t kCapacity = 200;

  explicit JsonLine(const char* event);

  // Bytes below 32, quotation marks and backslashes in `value` become question marks.
  JsonLine& Text(const char* key, const char* value);
  JsonLine& Number(const char* key, int32_t value);
  // A Q0.8 score as a decimal fraction, rounded down: 230 -> 0.898.
  JsonLine& Score(const char* key, uint8_t score);

  // Writes the line to the console, at once.
  void Send();

 private:
  void BeginMember(const char* key);
  void EndMember();
  void Append(char c);
  void Append(const char* text);
  void AppendDecimal(uint32_t value, int digits);

  char text_[kCapacity];
  size_t size_ = 0;
  size_t complete_ = 0;  // Where the last member that fitted ends.
  bool full_ = false;
};

}  // namespace earshot
