// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/memory_option.h"

#include <cctype>
#include <string>

#include "earshot/host/files/number_text.h"
#include "earshot/models/enough_memory.h"

namespace earshot::host {
namespace {

constexpr char kName[] = "--max-memory";

}  // namespace

bool ReadBytes(std::string_view text, uint64_t* bytes) {
  constexpr std::string_view kUnits = "KMGT";
  if (text.size() > 3 && text.substr(text.size() - 2) == "iB") text.remove_suffix(2);
  int shift = 0;
  if (!text.empty()) {
    const auto letter = static_cast<char>(std::toupper(static_cast<unsigned char>(text.back())));
    if (const size_t unit = kUnits.find(letter); unit != std::string_view::npos) {
      shift = 10 * static_cast<int>(unit + 1);
      text.remove_suffix(1);
    }
  }
  uint64_t number = 0;
  if (!ReadNumber(text, &number) || number == 0 || number > uint64_t{INT64_MAX} >> shift) {
    return false;
  }
  *bytes = number << shift;
  return true;
}

void AddMaxMemory(CommandLine& command) {
  const auto take = [](const std::string& text) {
    uint64_t bytes = 0;
    if (!ReadBytes(text, &bytes)) {
      return "found \"" + text + "\", wanted bytes, as 1000000, 512M or 2G";
    }
    SetMaxMemory(bytes);
    return std::string();
  };
  command
      .Add(kName, take,
           "Refuse what a file makes us take more memory for; default: a quarter of this "
           "computer's")
      .TypeName("BYTES|512M|2G");
}

}  // namespace earshot::host
