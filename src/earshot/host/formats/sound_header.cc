// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "earshot/host/errors.h"
#include "earshot/host/formats/byte_input.h"
#include "earshot/host/formats/format_chunks.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {
namespace {

// clang-tidy does not see that it is used.
using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls)

// A header is bounded in bytes, so that a length does not make us wait for ever, and in chunks, so
// that empty ones do not.
constexpr uint64_t kMostHeaderBytes = 64 << 20;
constexpr int kMostTags = 8;
constexpr size_t kMostChunkBytes = 4096;      // That are looked at.
constexpr size_t kNear = 8;                   // By so many bytes a length may be off.
constexpr uint64_t kOpenLength = 0x7F000000;  // The lowest that is written for "unknown": by SoX.
constexpr uint64_t kOpenLength64 = uint64_t{1} << 62;
constexpr size_t kFormBytes = 40;  // Before the first chunk, at the most.

// How a container arranges its chunks.
struct Layout {
  const char* name;
  size_t id_bytes;
  size_t length_bytes;
  bool big_endian;
  bool length_counts_header;
  uint64_t alignment;
  std::string_view format_id;
  std::string_view data_id;
  uint64_t before_samples;  // Bytes of the data chunk.
};

constexpr Layout kRiff = {"a WAV file", 4, 4, false, false, 2, "fmt ", "data", 0};
constexpr Layout kRifx = {"a RIFX file", 4, 4, true, false, 2, "fmt ", "data", 0};
constexpr Layout kW64 = {"a W64 file", 16, 8, false, true, 8, "fmt ", "data", 0};
constexpr Layout kAiff = {"an AIFF file", 4, 4, true, false, 2, "COMM", "SSND", 8};
constexpr Layout kCaf = {"a CAF file", 4, 8, true, false, 1, "desc", "data", 4};

void CheckFormat(const Layout& layout, const LinearFormat& format) {
  if (format.channels < 1 || format.channels > kMostChannels) {
    throw InputError(fmt::format("{}: channels: found {}, wanted 1 to {}", layout.name,
                                 format.channels, kMostChannels));
  }
  if (format.sample_rate_hz == 0) {
    throw InputError(fmt::format("{}: sample rate: found 0 Hz", layout.name));
  }
}

class ChunkReader {
 public:
  ChunkReader(const Layout& layout, Input* input) : layout_(layout), input_(*input) {}

  // Goes on from the first chunk to the samples. Returns false: they are compressed.
  bool Read(SoundHeader* header) {
    for (int chunks = 0; chunks < kMostChunks; ++chunks) {
      const std::vector<uint8_t> head = input_.Take(layout_.id_bytes + layout_.length_bytes);
      if (head.size() < layout_.id_bytes + layout_.length_bytes) {
        if (!is_empty_) Fail("ends before its samples");
        header->data_bytes = 0;
        return is_linear_;
      }
      uint64_t length =
          Fields(head, layout_.big_endian).Number(layout_.id_bytes, layout_.length_bytes);
      if (layout_.length_counts_header) length -= std::min<uint64_t>(length, head.size());
      if (BeginsWith(head, layout_.data_id)) {
        if (!has_format_ && layout_.data_id == "SSND") return false;  // May come behind them.
        if (!has_format_) Fail("has no format chunk before its samples");
        if (SamplesBegin(length, header)) return is_linear_;
        is_empty_ = true;
        continue;
      }
      ReadChunk(head, length, header);
    }
    throw InputError(
        fmt::format("{} with more than {} chunks before its samples", layout_.name, kMostChunks));
  }

 private:
  [[noreturn]] void Fail(const char* what) const {
    throw InputError(std::string(layout_.name) + " that " + what);
  }

  void ReadChunk(Span<const uint8_t> head, uint64_t length, SoundHeader* header) {
    if (length > kMostHeaderBytes || input_.taken() > kMostHeaderBytes) {
      throw InputError(
          fmt::format("{} with a chunk of {} bytes before its samples; wanted at most "
                      "{} in all",
                      layout_.name, length, kMostHeaderBytes));
    }
    const std::vector<uint8_t> content =
        input_.Peek(static_cast<size_t>(std::min<uint64_t>(length, kMostChunkBytes)));
    const size_t back = static_cast<size_t>(std::min<uint64_t>(length, kNear));
    input_.Skip(length - back);
    GoToNext(head, length, back, header);
    const Fields fields(content, layout_.big_endian);
    if (BeginsWith(head, "ds64")) long_data_bytes_ = fields.Number(8, 8);
    if (!BeginsWith(head, layout_.format_id)) return;
    if (content.size() < (layout_.data_id == "SSND" ? 18u : 16u)) {
      Fail("has a format chunk that is too short");
    }
    LinearFormat format;
    is_linear_ = layout_.data_id == "SSND"     ? ReadAiffFormat(fields, &format)
                 : layout_.format_id == "desc" ? ReadCafFormat(fields, &format)
                                               : ReadWavFormat(fields, layout_.big_endian, &format);
    CheckFormat(layout_, format);
    has_format_ = true;
    header->linear = format;
    if (!is_linear_) {
      header->kind.name += layout_.data_id == "SSND"     ? CodingText(content, 18)
                           : layout_.format_id == "desc" ? CodingText(content, 8)
                                                         : WavCodingText(fields);
      if (layout_.format_id == "fmt ") header->blocks = ReadWavBlocks(fields);
    }
  }

  // To where the next chunk begins: behind what is left of this one, `back` bytes, filled up. Some
  // writers forget to fill up an odd length, fill up an even one, or state a length that is a few
  // bytes off; so where no chunk is that is known, one is looked for nearby.
  void GoToNext(Span<const uint8_t> head, uint64_t length, size_t back, SoundHeader* header) {
    const auto padding = static_cast<size_t>((0 - length) % layout_.alignment);
    const size_t expected = back + padding;
    size_t next = expected;
    if (layout_.alignment == 2) {
      std::vector<uint8_t> near = input_.Peek(expected + kChunkHeadBytes);
      if (!LooksLikeChunk(Span<const uint8_t>(near).subspan(std::min(expected, near.size())))) {
        near = input_.Peek(expected + kNear + kChunkHeadBytes);
        next = NearChunk(near, expected);
      }
      // One byte more or less is how it was filled up.
      const bool is_filled = next == back || (next == back + 1 && near[back] == 0);
      if (next != expected && !is_filled) {
        const std::string name(head.begin(), head.begin() + 4);
        AddSentence(fmt::format("the length of chunk \"{}\" is {}, wanted {}", name, length,
                                length + next - back),
                    &header->note);
      }
    }
    input_.Skip(next);
  }

  // Where the chunk nearest to `expected` begins that is known; `expected` itself where there is
  // none, or where a chunk of another name may be.
  size_t NearChunk(Span<const uint8_t> near, size_t expected) const {
    if (near.size() < expected + kChunkHeadBytes) return expected;
    // A length of letters is text.
    const auto is_chunk = [near](size_t at) {
      return at < near.size() && LooksLikeChunk(near.subspan(at)) && !IsText4(near.subspan(at + 4));
    };
    const uint64_t length = Fields(near, layout_.big_endian).Number(expected + 4, 4);
    const bool may_be_other = IsText4(near.subspan(expected)) && length <= kMostHeaderBytes;
    // One more than that, for the length may be odd.
    for (size_t distance = 1; distance <= kNear + 1; ++distance) {
      const bool overlaps = distance < 4;
      if (distance <= expected && is_chunk(expected - distance) && (!may_be_other || overlaps)) {
        return expected - distance;
      }
      const bool is_next = may_be_other && distance == kChunkHeadBytes + length;
      if (is_chunk(expected + distance) && !is_next) return expected + distance;
    }
    return expected;
  }

  static bool IsText4(Span<const uint8_t> bytes) {
    return bytes.size() >= 4 && std::all_of(bytes.begin(), bytes.begin() + 4, [](uint8_t byte) {
             return byte >= ' ' && byte <= '~';
           });
  }

  // What the length of the data chunk means. False: it is empty, and another chunk follows.
  bool SamplesBegin(uint64_t length, SoundHeader* header) {
    if (&layout_ == &kRiff) header->riff_data_begin = input_.taken();
    if (layout_.length_bytes == 4 && length == UINT32_MAX && long_data_bytes_) {
      length = *long_data_bytes_;
    }
    if (length <= layout_.before_samples || length >= kOpenLength64) {
      input_.Skip(layout_.before_samples);
      const std::vector<uint8_t> next = input_.Peek(8);
      return length >= kOpenLength64 || layout_.id_bytes != 4 || !LooksLikeChunk(next);
    }
    input_.Skip(layout_.before_samples);
    length -= layout_.before_samples;
    if (layout_.length_bytes == 4 && !long_data_bytes_ && length >= kOpenLength) {
      header->huge_bytes = length;
    } else {
      header->data_bytes = length;
    }
    return true;
  }

  const Layout& layout_;
  Input& input_;
  bool has_format_ = false;
  bool is_linear_ = false;
  bool is_empty_ = false;                    // There was a data chunk without samples.
  std::optional<uint64_t> long_data_bytes_;  // RF64.
};

// "au" of Sun and NeXT: a header of fixed fields.
bool ReadAu(Input* input, SoundHeader* header) {
  const std::vector<uint8_t> bytes = input->Take(24);
  const Fields fields(bytes, BeginsWith(bytes, ".snd"));
  if (bytes.size() < 24) throw InputError("an AU file that ends before its samples");
  const uint64_t begin = fields.Number(4, 4);
  const uint64_t length = fields.Number(8, 4);
  LinearFormat format;
  format.big_endian = BeginsWith(bytes, ".snd");
  format.sample_rate_hz = fields.Int(16, 4);
  format.channels = fields.Int(20, 4);
  const int code = fields.Int(12, 4);
  constexpr std::array<int, 8> kBytes = {0, 1, 1, 2, 3, 4, 4, 8};
  if (code == 27) {
    format.encoding = SampleEncoding::kALaw;
    format.sample_bytes = 1;
  } else if (code >= 1 && code < static_cast<int>(kBytes.size())) {
    format.encoding = code == 1   ? SampleEncoding::kMuLaw
                      : code >= 6 ? SampleEncoding::kFloat
                                  : SampleEncoding::kSigned;
    format.sample_bytes = kBytes[static_cast<size_t>(code)];
  } else {
    return false;
  }
  constexpr Layout kAu = {"an AU file", 0, 0, false, false, 1, "", "", 0};
  CheckFormat(kAu, format);
  if (begin < bytes.size() || begin > kMostHeaderBytes) {
    throw InputError(fmt::format("an AU file: samples begin: found {}, wanted 24 to {}", begin,
                                 kMostHeaderBytes));
  }
  input->Skip(begin - bytes.size());
  if (length != 0 && length < kOpenLength) header->data_bytes = length;
  header->linear = format;
  return true;
}

// What SoX writes for itself (sox -p): a header of fixed fields and a comment, then samples of 32
// bits. (SoX 14.4.2, soxformat(7).)
void ReadSox(Input* input, SoundHeader* header) {
  constexpr size_t kFixedBytes = 32;
  constexpr uint64_t kMostCommentBytes = 1 << 20;
  constexpr Layout kSox = {"a SoX file", 0, 0, false, false, 1, "", "", 0};
  const std::vector<uint8_t> bytes = input->Take(kFixedBytes);
  if (bytes.size() < kFixedBytes) throw InputError("a SoX file that ends before its samples");
  LinearFormat format;
  format.big_endian = BeginsWith(bytes, "XoS.");
  format.sample_bytes = 4;
  const Fields fields(bytes, format.big_endian);
  format.sample_rate_hz = WholeRate(fields.Double(16));
  format.channels = fields.Int(24, 4);
  CheckFormat(kSox, format);
  const uint64_t begin = 4 + fields.Number(4, 4);  // Counted from behind the first four bytes.
  if (begin < kFixedBytes || begin > kMostCommentBytes) {
    throw InputError(fmt::format("a SoX file: samples begin: found {}, wanted {} to {}", begin,
                                 kFixedBytes, kMostCommentBytes));
  }
  input->Skip(begin - kFixedBytes);
  const uint64_t samples = fields.Number(8, 8);
  if (samples != 0 && samples < kOpenLength64 / 4) header->data_bytes = samples * 4;
  header->linear = format;
}

// Goes past ID3 tags in front, which some programs put there whatever the file is; what it is shows
// behind them.
void SkipTags(Input* input, SoundHeader* header) {
  constexpr size_t kHeadBytes = 10;
  bool is_behind = false;
  for (int tags = 0; tags < kMostTags; ++tags) {
    const uint64_t size = Id3Bytes(input->Peek(kHeadBytes));
    if (size == 0) break;
    if (input->taken() + size > kMostHeaderBytes) return;
    input->Skip(size);
    is_behind = true;
  }
  if (!is_behind) return;
  SoundKind kind = KindOf(input->Peek(kKindBytes));
  if (kind.is_sound) header->kind = std::move(kind);
}

bool ReadLinear(Input* input, SoundHeader* header) {
  const std::vector<uint8_t> begin = input->Peek(kFormBytes);
  const auto chunks = [&](const Layout& layout, size_t before) {
    input->Skip(before);
    return ChunkReader(layout, input).Read(header);
  };
  const Span<const uint8_t> bytes(begin);
  const bool has_form = bytes.size() >= 12;
  if (has_form && BeginsWith(bytes.subspan(8), "WAVE")) {
    if (BeginsWith(bytes, "RIFF") || BeginsWith(bytes, "RF64") || BeginsWith(bytes, "BW64"))
      return chunks(kRiff, 12);
    if (BeginsWith(bytes, "RIFX")) return chunks(kRifx, 12);
  }
  if (has_form && BeginsWith(bytes, "FORM") && BeginsWith(bytes.subspan(8), "AIF"))
    return chunks(kAiff, 12);
  if (BeginsWith(bytes, "caff\0\1"sv)) return chunks(kCaf, 8);
  if (BeginsWith(bytes, "riff\x2E\x91\xCF\x11"sv) && bytes.size() == kFormBytes)
    return chunks(kW64, kFormBytes);
  if (BeginsWith(bytes, ".snd") || BeginsWith(bytes, "dns.")) return ReadAu(input, header);
  if (BeginsWith(bytes, ".SoX") || BeginsWith(bytes, "XoS.")) {
    ReadSox(input, header);
    return true;
  }
  return false;
}

}  // namespace

bool LooksLikeChunk(Span<const uint8_t> bytes) {
  constexpr std::array<std::string_view, 23> kIds = {"LIST", "id3 ", "ID3 ", "bext", "iXML", "cue ",
                                                     "PEAK", "fact", "JUNK", "junk", "FLLR", "PAD ",
                                                     "smpl", "inst", "acid", "data", "fmt ", "axml",
                                                     "chna", "_PMX", "afsp", "SSND", "COMM"};
  return bytes.size() >= 8 && std::any_of(kIds.begin(), kIds.end(), [&](std::string_view id) {
           return BeginsWith(bytes, id);
         });
}

SoundHeader ReadSoundHeader(const ByteReader& read) {
  Input input(read);
  SoundHeader header;
  // No more than is needed, for who listens to a pipe waits for it.
  std::vector<uint8_t> begin = input.Peek(kSurelyRaw);
  if (MayBeKnown(begin)) {
    begin = input.Peek(kFormBytes);
    if (!KindOf(begin).is_sound) begin = input.Peek(kKindBytes);
    header.kind = KindOf(begin);
  }
  SkipTags(&input, &header);
  if (header.kind.name.empty() || !ReadLinear(&input, &header)) header.linear.reset();
  header.taken = input.held();
  return header;
}

}  // namespace earshot::host
