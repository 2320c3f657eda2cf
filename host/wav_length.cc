// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/wav_length.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "host/errors.h"

namespace earshot::host {
namespace {

// Lengths from here on stand for "unknown": writers to pipes use 0x7FFFFFFF and 0xFFFFFFFF, less
// their headers.
constexpr uint32_t kOpenLength = 0x7FFFF000;

uint32_t LittleEndian32(const char* bytes) {
  uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

void CheckWavIsWhole(const std::string& path) {
  std::error_code error;
  // Only what can be read twice: a pipe's bytes are gone afterwards.
  if (!std::filesystem::is_regular_file(path, error)) return;
  const uint64_t file_bytes = std::filesystem::file_size(path, error);
  if (error) return;

  std::ifstream file(path, std::ios::binary);
  std::array<char, 12> riff = {};  // "RIFF", length, "WAVE".
  if (!file.read(riff.data(), riff.size())) return;
  if (std::memcmp(riff.data(), "RIFF", 4) != 0 || std::memcmp(riff.data() + 8, "WAVE", 4) != 0) {
    return;
  }
  for (uint64_t begin = riff.size();;) {
    std::array<char, 8> chunk = {};  // Four letters, length.
    if (!file.seekg(static_cast<std::streamoff>(begin)).read(chunk.data(), chunk.size())) return;
    begin += chunk.size();
    const uint32_t length = LittleEndian32(chunk.data() + 4);
    if (std::memcmp(chunk.data(), "data", 4) == 0) {
      const uint64_t found = file_bytes - begin;
      if (length < kOpenLength && length > found) {
        throw InputError(
            fmt::format("cut short: found {} bytes of samples, wanted {}", found, length));
      }
      return;
    }
    begin += length + length % 2;  // Chunks begin at even offsets.
  }
}

}  // namespace earshot::host
