// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/stream_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "earshot/host/files/file_bytes.h"
#include "earshot/host/files/plain_text.h"
#include "earshot/host/formats/format_chunks.h"
#include "earshot/host/formats/ogg_pages.h"
#include "earshot/host/formats/sound_behind.h"
#include "earshot/host/formats/sound_frames.h"
#include "earshot/host/formats/sound_kinds.h"
#include "earshot/host/formats/sound_search.h"

namespace earshot::host {
namespace {

// Behind the tags at `begin`: ID3 of version 2, and of version 1, which has 128 bytes. They are
// also between recordings that were joined.
int64_t BehindTags(std::FILE* file, int64_t begin) {
  for (;;) {
    const std::vector<uint8_t> tag = FileBytes(file, begin, 128);
    if (const uint64_t size = Id3Bytes(tag); size > 0) {
      begin += static_cast<int64_t>(size);
    } else if (tag.size() == 128 && BeginsWith(tag, "TAG")) {
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
    if (field.size() < 12 || (!BeginsWith(field, "Xing") && !BeginsWith(field, "Info"))) continue;
    if ((field[7] & 1) == 0) return 0;
    return static_cast<uint32_t>(field[8]) << 24 | field[9] << 16 | field[10] << 8 | field[11];
  }
  return 0;
}

// Whether frames go on somewhere behind what is no frame.
bool FramesFollow(std::FILE* file, int64_t begin) {
  const std::vector<uint8_t> bytes = FileBytes(file, begin, 1 << 16);
  for (size_t i = 1; i + 4 <= bytes.size(); ++i) {
    const size_t size = MpegFrameBytes(bytes.data() + i);
    if (size > 0 && i + size + 4 <= bytes.size() && MpegFrameBytes(bytes.data() + i + size) > 0) {
      return true;
    }
  }
  return false;
}

// The frames of a recording, from `begin` on. Another one begins with another frame that states
// their number, or behind as many as were stated.
class MpegWalk {
 public:
  MpegWalk(std::FILE* file, int64_t begin, int64_t file_bytes)
      : file_(file), begin_(begin), end_(begin), file_bytes_(file_bytes) {
    while (ReadFrame()) ++frames_;
    next_ = end_;
    if (!is_next_ && !is_cut_ && frames_ > 0) SkipText();
  }

  // Whether another recording follows, and where it begins.
  bool is_next() const { return is_next_; }
  int64_t next() const { return next_; }

  StreamPart Part() const {
    StreamPart part({begin_, end_});
    bool is_end = end_ >= file_bytes_ || is_next_;
    if (!is_end && !is_cut_ && frames_ > 0) {
      part.damage.note = OtherSoundText(file_, end_, file_bytes_, "an MP3 file");
      is_end = !part.damage.note.empty() || !FramesFollow(file_, end_);
    }
    if (is_cut_) {
      part.damage.error = "cut short: the last frame is not whole";
    } else if (!is_end) {
      part.damage.error = fmt::format("damaged behind frame {}; a part is not heard", frames_);
    }
    // What is no frame, but goes on with some, is left to the decoder.
    if (!is_end || frames_ == 0) part.bytes[0].end = file_bytes_;
    if (stated_ > 0 && frames_ < stated_ && (is_end || is_cut_)) {
      part.damage.error = fmt::format("cut short: found {} of {} frames", frames_, stated_);
    }
    return part;
  }

 private:
  // Goes on behind the next frame. False: the end, a tag, damage, or another recording.
  bool ReadFrame() {
    constexpr size_t kHeaderBytes = 4;
    end_ = BehindTags(file_, end_);
    const std::vector<uint8_t> header = FileBytes(file_, end_, kHeaderBytes);
    const size_t size = header.size() < kHeaderBytes ? 0 : MpegFrameBytes(header.data());
    if (size == 0) return false;
    const std::vector<uint8_t> frame = FileBytes(file_, end_, size);
    is_cut_ = frame.size() < size;
    const uint32_t stated = is_cut_ ? 0 : StatedFrames(frame);
    if (frames_ == 0) stated_ = stated;
    // The frame that states their number is without sound.
    const bool has_all = stated_ > 0 && frames_ > stated_;
    is_next_ = !is_cut_ && frames_ > 0 && (stated > 0 || has_all);
    if (is_cut_ || is_next_) return false;
    end_ += static_cast<int64_t>(size);
    return true;
  }

  // Another recording may be behind text.
  void SkipText() {
    const std::vector<uint8_t> bytes = FileBytes(file_, end_, kMostTextBytes);
    const Span<const uint8_t> all(bytes);
    const size_t at = FindSound(all);
    if (at == all.size() || !IsUtf8Text(all.subspan(0, at))) return;
    is_next_ = KindOf(all.subspan(at)).name == "an MP3 file";
    if (is_next_) next_ += static_cast<int64_t>(at);
  }

  std::FILE* file_;
  int64_t begin_;
  int64_t end_;
  int64_t next_ = 0;
  int64_t file_bytes_;
  uint32_t stated_ = 0;
  uint32_t frames_ = 0;
  bool is_cut_ = false;
  bool is_next_ = false;
};

std::vector<StreamPart> FindMpegParts(std::FILE* file, int64_t file_bytes) {
  std::vector<StreamPart> parts;
  for (int64_t begin = 0;;) {
    const MpegWalk walk(file, begin, file_bytes);
    parts.push_back(walk.Part());
    if (!walk.is_next()) return parts;
    begin = walk.next();
  }
}

// Where tags at the end of the file begin, which are no frames: of APE (version 2), and ID3 of
// version 1.
int64_t BeforeTags(std::FILE* file, int64_t file_bytes) {
  constexpr int64_t kId3Bytes = 128;
  constexpr int64_t kApeFootBytes = 32;
  int64_t end = file_bytes;
  if (BeginsWith(FileBytes(file, end - kId3Bytes, 3), "TAG")) end -= kId3Bytes;
  const std::vector<uint8_t> foot = FileBytes(file, end - kApeFootBytes, kApeFootBytes);
  if (!BeginsWith(foot, "APETAGEX")) return end;
  const Fields fields(foot, false);
  const bool has_head = (fields.Number(20, 4) & 0x80000000u) != 0;
  const auto size = static_cast<int64_t>(fields.Number(12, 4)) + (has_head ? kApeFootBytes : 0);
  return size <= end ? end - size : end;
}

// A recording of another kind that was joined to the part, from `begin` on, is none of it.
void LeaveOutOtherSound(std::FILE* file, int64_t begin, const std::string& kind, StreamPart* part) {
  int64_t* end = &part->bytes[0].end;
  const int64_t other = FindSound(file, begin, *end);
  if (other < 0) return;
  part->damage.note = OtherSoundText(file, other, *end, kind);
  if (!part->damage.note.empty()) *end = other;
}

// Behind the blocks of metadata of a FLAC stream, which may hold headers of other files.
int64_t BehindFlacMetadata(std::FILE* file, int64_t begin) {
  constexpr uint8_t kIsLast = 0x80;
  int64_t at = begin + 4;
  for (;;) {
    const std::vector<uint8_t> head = FileBytes(file, at, 4);
    if (head.size() < 4) return at;
    at += 4 + (head[1] << 16 | head[2] << 8 | head[3]);
    if ((head[0] & kIsLast) != 0) return at;
  }
}

// "fLaC" and a head of STREAMINFO, which has 34 bytes, as the first block or the first and last.
std::vector<StreamPart> FindFlacParts(std::FILE* file, int64_t file_bytes) {
  constexpr std::string_view kName = "fLaC";
  std::vector<StreamPart> parts;
  int64_t begin = FindInFile(file, 0, kName);
  for (; begin >= 0; begin = FindInFile(file, begin + 1, kName)) {
    const std::vector<uint8_t> head = FileBytes(file, begin, 8);
    if (head.size() < 8 || (head[4] & 0x7F) != 0 || head[5] != 0 || head[6] != 0 || head[7] != 34) {
      continue;
    }
    if (!parts.empty()) parts.back().bytes[0].end = begin;
    const int64_t from = parts.empty() ? 0 : begin;  // Tags may be in front.
    parts.emplace_back(ByteRange{from, BeforeTags(file, file_bytes)});
    parts.back().flac_at = begin - from;
  }
  if (parts.empty()) parts.emplace_back(ByteRange{0, file_bytes});
  for (StreamPart& part : parts) {
    if (part.flac_at < 0) continue;
    const int64_t behind = BehindFlacMetadata(file, part.bytes[0].begin + part.flac_at);
    LeaveOutOtherSound(file, behind, "a FLAC file", &part);
  }
  return parts;
}

std::vector<StreamPart> OnePart(std::FILE* file, int64_t file_bytes, const std::string& kind) {
  StreamPart part({0, file_bytes});
  // In these may be MPEG audio; what is behind their samples LibraryReader sees.
  for (const char* riff : {"a WAV ", "an RF64 ", "a BW64 ", "a W64 ", "a RIFX "}) {
    if (kind.find(riff) == 0) return {part};
  }
  LeaveOutOtherSound(file, BehindTags(file, 0) + 1, kind, &part);
  return {part};
}

}  // namespace

std::string OtherSoundText(std::FILE* file, int64_t begin, int64_t file_bytes,
                           const std::string& own_kind) {
  const auto kind_at = [file](int64_t at) {
    const std::vector<uint8_t> bytes = FileBytes(file, at, kKindBytes);
    return KindOf({bytes.data(), bytes.size()});
  };
  begin = BehindTags(file, begin);
  SoundKind kind = kind_at(begin);
  if (!kind.is_sound) {  // Text may be in front.
    const int64_t most = begin + static_cast<int64_t>(kMostTextBytes);
    begin = FindSound(file, begin, std::min(file_bytes, most));
    if (begin < 0) return "";
    begin = BehindTags(file, begin);
    kind = kind_at(begin);
  }
  const bool is_other = kind.is_sound && kind.name.find(own_kind) != 0;
  return is_other ? UnheardText(static_cast<uint64_t>(file_bytes - begin), kind.name) : "";
}

std::vector<StreamPart> FindStreamParts(std::FILE* file, int64_t file_bytes,
                                        const std::string& kind) {
  if (kind.find("an Ogg") == 0) return FindOggParts(file, file_bytes);
  if (kind == "an MP3 file") return FindMpegParts(file, file_bytes);
  if (kind == "a FLAC file") return FindFlacParts(file, file_bytes);
  return OnePart(file, file_bytes, kind);
}

}  // namespace earshot::host
