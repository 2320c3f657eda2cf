// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_search.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "earshot/host/files/file_bytes.h"
#include "earshot/host/formats/format_chunks.h"
#include "earshot/host/formats/sound_frames.h"

namespace earshot::host {
namespace {

// clang-tidy does not see that it is used.
using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls)

constexpr size_t kFrameHeadBytes = 4;

// ID3 of version 2: its own version, flags, and a length of 7 bits a byte.
bool IsId3(Span<const uint8_t> bytes) {
  return bytes.size() >= 10 && BeginsWith(bytes, "ID3") && bytes[3] >= 2 && bytes[3] <= 4 &&
         bytes[4] == 0 && (bytes[5] & 0x0F) == 0 &&
         std::all_of(bytes.begin() + 6, bytes.begin() + 10,
                     [](uint8_t byte) { return byte < 0x80; });
}

// Frames of MPEG audio that follow one another and are of one kind.
bool AreMpegFrames(Span<const uint8_t> bytes) {
  constexpr int kFewest = 3;
  size_t at = 0;
  for (int frames = 0; frames < kFewest; ++frames) {
    if (at + kFrameHeadBytes > bytes.size()) return false;
    const uint8_t* head = bytes.begin() + at;
    const size_t size = MpegFrameBytes(head);
    const bool is_alike = head[1] == bytes[1] && (head[2] & 0x0C) == (bytes[2] & 0x0C);
    if (size == 0 || !is_alike) return false;
    at += size;
  }
  return true;
}

bool IsSound(Span<const uint8_t> bytes) {
  const auto has = [bytes](size_t at, std::string_view text) {
    return at <= bytes.size() && BeginsWith(bytes.subspan(at), text);
  };
  switch (bytes[0]) {
    case 'R':
      return has(8, "WAVE") && (has(0, "RIFF") || has(0, "RIFX") || has(0, "RF64"));
    case 'B':
      return has(0, "BW64") && has(8, "WAVE");
    case 'F':
      return has(0, "FORM") && (has(8, "AIFF") || has(8, "AIFC") || has(8, "8SVX"));
    case 'r':
      return has(0, "riff\x2E\x91\xCF\x11"sv);
    case 'c':
      return has(0, "caff\0\1"sv);
    case '.':
      return has(0, ".snd\0\0\0"sv);
    case 'O':
      return has(0, "OggS\0\2"sv);
    case 'f':
      return has(0, "fLaC\0\0\0\x22"sv) || has(0, "fLaC\x80\0\0\x22"sv);
    case 'I':
      return IsId3(bytes);
    case 0xFF:
      return AreMpegFrames(bytes);
    default:
      return false;
  }
}

}  // namespace

size_t FindSound(Span<const uint8_t> bytes) {
  size_t at = 0;
  while (at < bytes.size() && !IsSound(bytes.subspan(at))) ++at;
  return at;
}

int64_t FindSound(std::FILE* file, int64_t begin, int64_t end) {
  constexpr int64_t kBlock = 1 << 20;
  constexpr int64_t kOverlap = 1 << 13;  // More than three frames of MPEG audio.
  while (begin < end) {
    const auto wanted = static_cast<size_t>(std::min(kBlock, end - begin));
    const std::vector<uint8_t> bytes = FileBytes(file, begin, wanted);
    const size_t at = FindSound(bytes);
    if (at < bytes.size()) return begin + static_cast<int64_t>(at);
    if (static_cast<int64_t>(bytes.size()) < kBlock) return -1;
    begin += kBlock - kOverlap;
  }
  return -1;
}

}  // namespace earshot::host
