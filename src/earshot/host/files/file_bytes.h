// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Looking into files.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

namespace earshot::host {

// Up to so many bytes from `begin` on.
inline std::vector<uint8_t> FileBytes(std::FILE* file, int64_t begin, size_t size) {
  std::vector<uint8_t> bytes(size);
  if (fseeko(file, begin, SEEK_SET) != 0) return {};
  bytes.resize(std::fread(bytes.data(), 1, size, file));
  return bytes;
}

// Where `text` is next, from `begin` on; -1: nowhere.
inline int64_t FindInFile(std::FILE* file, int64_t begin, std::string_view text) {
  constexpr size_t kBlock = 1 << 16;
  for (;; begin += static_cast<int64_t>(kBlock - text.size())) {
    const std::vector<uint8_t> bytes = FileBytes(file, begin, kBlock);
    const auto found = std::search(bytes.begin(), bytes.end(), text.begin(), text.end(),
                                   [](uint8_t a, char b) { return a == static_cast<uint8_t>(b); });
    if (found != bytes.end()) return begin + (found - bytes.begin());
    if (bytes.size() < kBlock) return -1;
  }
}

}  // namespace earshot::host
