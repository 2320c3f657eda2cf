// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_behind.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "earshot/host/errors.h"
#include "earshot/host/files/plain_text.h"
#include "earshot/host/formats/format_chunks.h"
#include "earshot/host/formats/sound_kinds.h"
#include "earshot/host/formats/sound_search.h"

namespace earshot::host {
namespace {

// What looks at it is bounded in bytes and in chunks, as for headers.
constexpr uint64_t kMostBytes = 64 << 20;
constexpr size_t kLookBytes = 40;         // Enough to know what begins with a name.
constexpr size_t kMostPadding = 7;        // W64 fills up to multiples of 8 bytes.
constexpr size_t kMostCounted = 1 << 16;  // Of a pipe, which may have no end.

bool IsName(Span<const uint8_t> bytes) {
  return bytes.size() >= 4 && std::all_of(bytes.begin(), bytes.begin() + 4,
                                          [](uint8_t byte) { return byte >= ' ' && byte <= '~'; });
}

// Names what tells it from the other, too, where that is how its samples are stored.
std::string FormatText(const LinearFormat& format, const LinearFormat& other) {
  std::string text = format.EncodingText();
  if (text == other.EncodingText()) {
    const auto add = [&text](bool differs, const std::string& what) {
      if (differs) text += ", " + what;
    };
    add(format.sample_bytes != other.sample_bytes, fmt::format("in {} bytes", format.sample_bytes));
    add(format.encoding != other.encoding,
        format.encoding == SampleEncoding::kUnsigned ? "unsigned" : "signed");
    add(format.big_endian != other.big_endian, format.big_endian ? "big-endian" : "little-endian");
  }
  return fmt::format("{}, {} Hz, {} channel{}", text, format.sample_rate_hz, format.channels,
                     format.channels == 1 ? "" : "s");
}

class Behind {
 public:
  Behind(const ByteReader& read, const LinearFormat& format, bool is_riff,
         std::optional<uint64_t> bytes)
      : input_(read), format_(format), is_riff_(is_riff), bytes_(bytes) {}

  SoundBehind Find() {
    for (int chunks = 0; chunks < kMostChunks && input_.taken() < kMostBytes; ++chunks) {
      SkipPadding();
      const std::vector<uint8_t> bytes = input_.Peek(kLookBytes);
      if (SkipTag(bytes)) continue;
      if (KindOf(bytes).is_sound) {
        ReadFile();
        break;
      }
      if (bytes.size() < kChunkHeadBytes) break;
      if (is_riff_ && IsChunk(bytes)) {
        if (ReadChunk(bytes)) break;
        continue;
      }
      if (SkipText()) continue;
      // A few bytes without a name may be anything.
      const bool is_sound =
          !IsName(bytes) && bytes.size() >= kChunkHeadBytes + format_.frame_bytes();
      if (is_sound) TellNameless();
      break;
    }
    return std::move(found_);
  }

 private:
  void SkipPadding() {
    const auto count_zeros = [](const std::vector<uint8_t>& bytes) {
      return static_cast<size_t>(
          std::find_if(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte != 0; }) -
          bytes.begin());
    };
    std::vector<uint8_t> bytes = input_.Peek(kMostPadding + kLookBytes);
    while (!bytes.empty() && count_zeros(bytes) == bytes.size() && input_.taken() < kMostBytes) {
      input_.Skip(bytes.size());  // Some programs fill up a whole block.
      bytes = input_.Peek(kMostPadding + kLookBytes);
    }
    const size_t zeros = count_zeros(bytes);
    if (zeros == 0 && bytes.size() > 1 && LooksLikeChunk(Span<const uint8_t>(bytes).subspan(1))) {
      input_.Skip(1);  // What fills up an odd length need not be 0.
    } else if (zeros <= kMostPadding) {
      input_.Skip(zeros);
    }
  }

  // False: it is none. APE tags of version 2, ID3 of versions 1 and 2.
  bool SkipTag(Span<const uint8_t> bytes) {
    const Fields fields(bytes, false);
    uint64_t size = Id3Bytes(bytes);
    if (fields.Is(0, "APETAGEX") && bytes.size() >= 32) {
      const bool is_head = (fields.Number(20, 4) & 0x20000000u) != 0;
      size = 32 + (is_head ? fields.Number(12, 4) : 0);
    } else if (fields.Is(0, "TAG")) {
      size = 128;
    }
    input_.Skip(std::min(size, kMostBytes));
    return size > 0;
  }

  // Text has what would be chunks of a length that there is not.
  static bool IsChunk(Span<const uint8_t> bytes) {
    return IsName(bytes) &&
           (BeginsWith(bytes, "data") || Fields(bytes, false).Number(4, 4) <= kMostBytes);
  }

  // Up to sound behind text, or behind what has a name; false: there is none.
  bool SkipText() {
    const std::vector<uint8_t> bytes = input_.Peek(kMostTextBytes);
    const size_t at = FindSound(bytes);
    if (at == bytes.size()) return false;
    const Span<const uint8_t> text(bytes.data(), at);
    if (!IsName(text) && !IsUtf8Text(text)) return false;
    input_.Skip(at);
    return true;
  }

  void TellNameless() {
    const std::vector<uint8_t> bytes = input_.Peek(kKindBytes);
    const bool is_file = FindSound(bytes) == 0;  // Of frames of MPEG audio.
    Unheard(is_file ? KindOf(bytes).name : "the header does not tell of them", input_.taken());
  }

  // A file that was joined to the first.
  void ReadFile() {
    const auto read = [this](Span<uint8_t> bytes) {
      const std::vector<uint8_t> taken = input_.Take(bytes.size());
      std::copy(taken.begin(), taken.end(), bytes.begin());
      return taken.size();
    };
    const uint64_t begin = input_.taken();
    try {
      SoundHeader header = ReadSoundHeader(read);
      if (!header.linear) {
        Unheard(header.kind.name, begin);
      } else if (!(*header.linear == format_)) {
        Unheard(
            FormatText(*header.linear, format_) + ", not " + FormatText(format_, *header.linear),
            begin);
      } else {
        Found(std::move(header));
      }
    } catch (const InputError& error) {
      Unheard(error.what(), begin);
    }
  }

  // True: it has samples.
  bool ReadChunk(Span<const uint8_t> bytes) {
    const uint64_t length = Fields(bytes, false).Number(4, 4);
    input_.Skip(kChunkHeadBytes);
    if (!BeginsWith(bytes, "data") || length == 0) {
      input_.Skip(std::min(length, kMostBytes));
      return false;
    }
    SoundHeader header;
    header.linear = format_;
    header.data_bytes = length;
    Found(std::move(header));
    return true;
  }

  // `begin`: among the bytes behind the samples.
  void Unheard(const std::string& what, uint64_t begin) {
    if (bytes_) {
      found_.unheard = UnheardText(*bytes_ - std::min(begin, *bytes_), what);
      return;
    }
    const uint64_t most = input_.taken() + kMostCounted;
    size_t taken = 1;
    while (taken > 0 && input_.taken() < most) taken = input_.Take(kMostCounted / 16).size();
    found_.unheard = UnheardText(input_.taken() - begin, what, taken == 0);
  }

  void Found(SoundHeader header) {
    const std::vector<uint8_t> held = input_.held();
    header.taken.insert(header.taken.end(), held.begin(), held.end());
    found_.next = std::move(header);
  }

  Input input_;
  const LinearFormat& format_;
  bool is_riff_;
  std::optional<uint64_t> bytes_;
  SoundBehind found_;
};

}  // namespace

SoundBehind ReadSoundBehind(const ByteReader& read, const LinearFormat& format, bool is_riff,
                            std::optional<uint64_t> bytes) {
  return Behind(read, format, is_riff, bytes).Find();
}

std::string UnheardText(uint64_t bytes, const std::string& what, bool is_all) {
  return fmt::format("there is more sound behind it that is not heard: {}{} bytes ({})",
                     is_all ? "" : "at least ", bytes, what);
}

}  // namespace earshot::host
