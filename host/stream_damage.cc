// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/stream_damage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "host/sound_kinds.h"

namespace earshot::host {
namespace {

constexpr size_t kOggHeaderBytes = 27;
constexpr size_t kMostSegments = 255;
constexpr uint8_t kLastPage = 4;

// Up to so many bytes from `begin` on.
std::vector<uint8_t> Bytes(std::FILE* file, int64_t begin, size_t size) {
  std::vector<uint8_t> bytes(size);
  if (fseeko(file, begin, SEEK_SET) != 0) return {};
  bytes.resize(std::fread(bytes.data(), 1, size, file));
  return bytes;
}

bool Begins(const std::vector<uint8_t>& bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::equal(text.begin(), text.end(), bytes.begin());
}

// RFC 3533: polynomial 0x04c11db7, from the highest bit on, with the checksum itself being 0.
uint32_t OggChecksum(const std::vector<uint8_t>& page) {
  static const std::array<uint32_t, 256> table = [] {
    std::array<uint32_t, 256> made = {};
    for (uint32_t i = 0; i < made.size(); ++i) {
      uint32_t value = i << 24;
      for (int bit = 0; bit < 8; ++bit) {
        value = value << 1 ^ ((value & 0x80000000u) != 0 ? 0x04C11DB7u : 0);
      }
      made[i] = value;
    }
    return made;
  }();
  uint32_t checksum = 0;
  for (size_t i = 0; i < page.size(); ++i) {
    const uint8_t byte = i >= 22 && i < 26 ? 0 : page[i];
    checksum = checksum << 8 ^ table[checksum >> 24 ^ byte];
  }
  return checksum;
}

uint32_t StatedChecksum(const std::vector<uint8_t>& page) {
  return page[22] | page[23] << 8 | page[24] << 16 | static_cast<uint32_t>(page[25]) << 24;
}

// Where the next page begins, from `begin` on; -1: nowhere.
int64_t NextPage(std::FILE* file, int64_t begin) {
  constexpr std::string_view kName = "OggS";
  constexpr size_t kBlock = 1 << 16;
  for (;; begin += kBlock - kName.size()) {
    const std::vector<uint8_t> bytes = Bytes(file, begin, kBlock);
    const auto found = std::search(bytes.begin(), bytes.end(), kName.begin(), kName.end());
    if (found != bytes.end()) return begin + (found - bytes.begin());
    if (bytes.size() < kBlock) return -1;
  }
}

SoundFlaws OggDamage(std::FILE* file) {
  SoundFlaws flaws;
  int pages = 0;
  int damaged = 0;
  bool is_cut = false;
  bool has_end = false;
  int64_t begin = 0;
  while (begin >= 0) {
    std::vector<uint8_t> page = Bytes(file, begin, kOggHeaderBytes + kMostSegments);
    if (page.empty()) break;
    ++pages;
    size_t size = kOggHeaderBytes;
    const bool has_header = Begins(page, "OggS") && page.size() >= kOggHeaderBytes;
    if (has_header) {
      const size_t segments = page[26];
      for (size_t i = 0; i < segments && kOggHeaderBytes + i < page.size(); ++i) {
        size += page[kOggHeaderBytes + i];
      }
      size += segments;
      page = Bytes(file, begin, size);
    }
    if (has_header && page.size() == size && OggChecksum(page) == StatedChecksum(page)) {
      has_end = (page[5] & kLastPage) != 0;
      begin += static_cast<int64_t>(size);
      continue;
    }
    const int64_t next = NextPage(file, begin + 1);
    if (has_header && next < 0 && page.size() < size) {
      is_cut = true;
    } else if (!has_end) {  // Behind the last page may be what is no page.
      ++damaged;
    }
    begin = next;
  }
  if (damaged > 0) {
    flaws.error = fmt::format("{} of {} parts (Ogg pages) damaged and not heard", damaged, pages);
  } else if (is_cut) {
    flaws.error = "cut short: the last part (an Ogg page) is not whole and not heard";
  } else if (!has_end) {
    flaws.note = "the last part (an Ogg page) is not marked as the last: the end may be missing";
  }
  return flaws;
}

// Behind the tags at `begin`: ID3 of version 2, which states its length in 4 times 7 bits, and of
// version 1, which has 128 bytes. They are also between recordings that were joined.
int64_t BehindTags(std::FILE* file, int64_t begin) {
  for (;;) {
    const std::vector<uint8_t> tag = Bytes(file, begin, 128);
    if (tag.size() >= 10 && Begins(tag, "ID3")) {
      begin += 10 + (tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]);
    } else if (tag.size() == 128 && Begins(tag, "TAG")) {
      begin += 128;
    } else {
      return begin;
    }
  }
}

// The number of frames that a frame without sound at the beginning states (Xing's or LAME's
// "Xing" and "Info"); 0: it says nothing.
uint32_t StatedFrames(const std::vector<uint8_t>& frame) {
  for (const size_t at : {36, 21, 13}) {
    const std::vector<uint8_t> field(
        frame.begin() + static_cast<ptrdiff_t>(std::min(at, frame.size())), frame.end());
    if (field.size() < 12 || (!Begins(field, "Xing") && !Begins(field, "Info"))) continue;
    if ((field[7] & 1) == 0) return 0;
    return static_cast<uint32_t>(field[8]) << 24 | field[9] << 16 | field[10] << 8 | field[11];
  }
  return 0;
}

// Whether frames go on somewhere behind what is no frame.
bool FramesFollow(std::FILE* file, int64_t begin) {
  const std::vector<uint8_t> bytes = Bytes(file, begin, 1 << 16);
  for (size_t i = 1; i + 4 <= bytes.size(); ++i) {
    const size_t size = MpegFrameBytes(bytes.data() + i);
    if (size > 0 && i + size + 4 <= bytes.size() && MpegFrameBytes(bytes.data() + i + size) > 0) {
      return true;
    }
  }
  return false;
}

SoundFlaws MpegDamage(std::FILE* file) {
  constexpr size_t kHeaderBytes = 4;
  SoundFlaws flaws;
  int64_t begin = 0;
  uint32_t stated = 0;
  uint32_t frames = 0;
  bool is_cut = false;
  for (;; ++frames) {
    begin = BehindTags(file, begin);
    const std::vector<uint8_t> header = Bytes(file, begin, kHeaderBytes);
    const size_t size = header.size() < kHeaderBytes ? 0 : MpegFrameBytes(header.data());
    if (size == 0) break;  // The end, a tag, or damage.
    const std::vector<uint8_t> frame = Bytes(file, begin, size);
    if (frame.size() < size) {
      flaws.error = "cut short: the last frame is not whole";
      is_cut = true;
      break;
    }
    if (frames == 0) stated = StatedFrames(frame);
    begin += static_cast<int64_t>(size);
  }
  const bool is_end = Bytes(file, begin, 1).empty();
  if (!is_end && flaws.error.empty() && FramesFollow(file, begin)) {
    flaws.error = fmt::format("damaged behind frame {}; a part is not heard", frames);
  }
  if (stated > 0 && frames < stated && (is_end || is_cut)) {
    flaws.error = fmt::format("cut short: found {} of {} frames", frames, stated);
  } else if (stated > 0 && frames > uint64_t{stated} + 1) {  // One is without sound.
    flaws.note = fmt::format(
        "states {} frames; there are {}, as of several recordings that were joined: only the first "
        "is heard",
        stated, frames);
  }
  return flaws;
}

}  // namespace

SoundFlaws FindStreamDamage(std::FILE* file) {
  const std::vector<uint8_t> begin = Bytes(file, 0, kKindBytes);
  if (Begins(begin, "OggS")) return OggDamage(file);
  const std::string name = KindOf({begin.data(), begin.size()}).name;
  return name == "an MP3 file" ? MpegDamage(file) : SoundFlaws();
}

}  // namespace earshot::host
