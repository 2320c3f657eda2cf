// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/ogg_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/host/files/file_bytes.h"
#include "earshot/host/formats/format_chunks.h"

namespace earshot::host {
namespace {

constexpr size_t kPageHeaderBytes = 27;
constexpr size_t kMostSegments = 255;
constexpr uint8_t kFirstPage = 2;
constexpr uint8_t kLastPage = 4;
constexpr int64_t kNoGranule = -1;  // No packet ends on the page.
constexpr std::string_view kCapturePattern = "OggS";

// Polynomial 0x04c11db7, from the highest bit on, with the checksum itself being 0.
uint32_t Checksum(const std::vector<uint8_t>& page) {
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

struct Page {
  int64_t begin = 0;
  int64_t end = 0;
  uint8_t flags = 0;
  int64_t granule = kNoGranule;
  uint32_t number = 0;
};

// What is wrong with the pages since the last recording began.
struct Damage {
  int pages = 0;
  int damaged = 0;
  bool is_cut = false;
  bool has_end = false;

  SoundFlaws Flaws() const {
    SoundFlaws flaws;
    if (damaged > 0) {
      flaws.error = fmt::format("{} of {} parts (Ogg pages) damaged and not heard", damaged, pages);
    } else if (is_cut) {
      flaws.error = "cut short: the last part (an Ogg page) is not whole and not heard";
    } else if (!has_end) {
      flaws.note = "the last part (an Ogg page) is not marked as the last: the end may be missing";
    }
    return flaws;
  }
};

class Walk {
 public:
  Walk(std::FILE* file, int64_t file_bytes) : file_(file), file_bytes_(file_bytes) {}

  std::vector<StreamPart> Parts() {
    const int64_t first = FindInFile(file_, 0, kCapturePattern);  // Tags may be in front.
    int64_t begin = first;
    while (begin >= 0 && begin < file_bytes_) {
      bool is_cut = false;
      Page page;
      if (ReadPage(begin, &page, &is_cut)) {
        Add(page);
        begin = page.end;
        continue;
      }
      const int64_t next = FindInFile(file_, begin + 1, kCapturePattern);
      if (is_cut && next < 0) {
        ++damage_.pages;
        damage_.is_cut = true;
      } else if (!damage_.has_end) {  // Behind the last page may be what is no page.
        ++damage_.pages;
        ++damage_.damaged;
        is_hole_ = true;
      } else if (next < 0) {
        TellOtherSound(begin);
      }
      begin = next;
    }
    EndRecording();
    // Nothing but what the decoder makes of the file itself.
    if (parts_.empty()) {
      parts_.emplace_back();
      parts_[0].damage = damage_.Flaws();
    }
    if (parts_.size() == 1 && !parts_[0].is_behind_hole) {
      parts_[0].bytes = {{std::max<int64_t>(first, 0), file_bytes_}};
    }
    return std::move(parts_);
  }

 private:
  // False: there is none that is whole.
  bool ReadPage(int64_t begin, Page* page, bool* is_cut) const {
    std::vector<uint8_t> bytes = FileBytes(file_, begin, kPageHeaderBytes + kMostSegments);
    if (!BeginsWith(bytes, kCapturePattern) || bytes.size() < kPageHeaderBytes) return false;
    const size_t segments = bytes[26];
    size_t size = kPageHeaderBytes + segments;
    for (size_t i = 0; i < segments && kPageHeaderBytes + i < bytes.size(); ++i) {
      size += bytes[kPageHeaderBytes + i];
    }
    bytes = FileBytes(file_, begin, size);
    *is_cut = bytes.size() < size;
    const Fields fields(bytes, false);
    if (*is_cut || Checksum(bytes) != fields.Number(22, 4)) return false;
    page->begin = begin;
    page->end = begin + static_cast<int64_t>(size);
    page->flags = bytes[5];
    page->granule = static_cast<int64_t>(fields.Number(6, 8));
    page->number = static_cast<uint32_t>(fields.Number(18, 4));
    return true;
  }

  void Add(const Page& page) {
    const bool is_first = (page.flags & kFirstPage) != 0;
    if (is_first && !was_first_) {
      EndRecording();
      head_ = {page.begin, page.end};
      is_head_ = true;
      streams_ = 0;
      pre_skip_ = PreSkip(page);
    }
    if (is_first) ++streams_;
    was_first_ = is_first;
    const bool is_damaged = is_hole_;
    const bool is_hole = is_hole_ || page.number != last_number_ + 1;
    is_hole_ = false;
    last_number_ = page.number;
    ++damage_.pages;
    damage_.has_end = (page.flags & kLastPage) != 0;
    if (head_.size() == 0) return;  // Its beginning is lost, without which nothing is decoded.
    if (is_head_ && page.granule == 0) {  // Headers have no samples.
      head_.end = page.end;
    } else if (is_head_) {
      is_head_ = false;  // A stream that was joined in its middle has other numbers from here on.
      part_ = StreamPart({head_.begin, page.end});
      if (is_damaged && streams_ == 1) {
        part_.bytes = {head_, {page.begin, page.end}};
        part_.is_behind_hole = true;
      }
    } else if (is_hole && streams_ == 1) {
      EndPart();
      part_.bytes = {head_, {page.begin, page.end}};
      part_.is_behind_hole = true;
      part_.continues = true;
    }
    if (is_head_) return;
    part_.bytes.back().end = page.end;
    if (page.granule == kNoGranule) return;
    if (part_.first_granule != kNoGranule) return;
    part_.first_granule = page.granule;
    part_.first_bytes = part_.bytes;
    part_.pre_skip = pre_skip_;
  }

  // RFC 7845, section 5.1.
  int64_t PreSkip(const Page& page) const {
    constexpr int64_t kHeadAt = 28;
    const std::vector<uint8_t> head = FileBytes(file_, page.begin + kHeadAt, 12);
    return BeginsWith(head, "OpusHead") ? static_cast<int64_t>(Fields(head, false).Number(10, 2))
                                        : 0;
  }

  void EndPart() {
    // Without the end of a packet there is nothing to decode.
    if (part_.first_granule != kNoGranule) parts_.push_back(std::move(part_));
    part_ = {};
  }

  void EndRecording() {
    const size_t before = parts_.size();
    EndPart();
    if (is_head_) parts_.emplace_back(head_);  // Headers alone.
    is_head_ = false;
    if (parts_.size() == before) return;
    parts_.back().damage = damage_.Flaws();
    damage_ = {};
  }

  void TellOtherSound(int64_t begin) {
    const std::string text = OtherSoundText(file_, begin, file_bytes_, "an Ogg ");
    EndRecording();
    if (!text.empty() && !parts_.empty()) parts_.back().damage.note = text;
  }

  std::FILE* file_;
  int64_t file_bytes_;
  std::vector<StreamPart> parts_;
  StreamPart part_;       // That grows.
  ByteRange head_;        // The headers of the recording.
  bool is_head_ = false;  // Only headers of it so far.
  bool was_first_ = false;
  int streams_ = 0;       // That share the recording's pages.
  bool is_hole_ = false;  // Damage since the last page that is whole.
  uint32_t last_number_ = 0;
  int64_t pre_skip_ = 0;
  Damage damage_;
};

}  // namespace

std::vector<StreamPart> FindOggParts(std::FILE* file, int64_t file_bytes) {
  return Walk(file, file_bytes).Parts();
}

}  // namespace earshot::host
