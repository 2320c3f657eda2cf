// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/png.h"

#include <algorithm>

namespace earshot::host {
namespace {

constexpr size_t kMostStored = 65535;  // Bytes in one block of stored data.

std::string BigEndian32(uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

std::string LittleEndian16(size_t value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)};
}

uint32_t Crc32(const std::string& bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xEDB88320 & (0 - (crc & 1)));
  }
  return ~crc;
}

uint32_t Adler32(const std::string& bytes) {
  uint32_t low = 1, high = 0;
  for (const char byte : bytes) {
    low = (low + static_cast<unsigned char>(byte)) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

std::string Chunk(const std::string& type, const std::string& data) {
  return BigEndian32(static_cast<uint32_t>(data.size())) + type + data +
         BigEndian32(Crc32(type + data));
}

// A zlib stream that holds the bytes as they are.
std::string Stored(const std::string& bytes) {
  std::string stream = "\x78\x01";
  for (size_t begin = 0; begin < bytes.size(); begin += kMostStored) {
    const size_t count = std::min(kMostStored, bytes.size() - begin);
    stream += begin + count == bytes.size() ? '\1' : '\0';  // The last block?
    stream += LittleEndian16(count) + LittleEndian16(~count);
    stream.append(bytes, begin, count);
  }
  return stream + BigEndian32(Adler32(bytes));
}

}  // namespace

std::string EncodePng(size_t width, size_t height, Span<const uint8_t> pixels,
                      const Palette& palette) {
  std::string header =
      BigEndian32(static_cast<uint32_t>(width)) + BigEndian32(static_cast<uint32_t>(height));
  header += {8, 3, 0, 0, 0};  // 8 bits per pixel, with a palette; nothing special.
  std::string colours;
  for (const Colour& colour : palette) {
    for (const uint8_t part : {colour.red, colour.green, colour.blue}) {
      colours += static_cast<char>(part);
    }
  }
  std::string rows;
  for (size_t row = 0; row < height; ++row) {
    rows += '\0';  // Not filtered.
    rows.append(pixels.begin() + row * width, pixels.begin() + (row + 1) * width);
  }
  return "\x89PNG\r\n\x1A\n" + Chunk("IHDR", header) + Chunk("PLTE", colours) +
         Chunk("IDAT", Stored(rows)) + Chunk("IEND", "");
}

}  // namespace earshot::host
