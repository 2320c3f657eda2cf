// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/format_chunks.h"

#include <fmt/format.h>

#include <cmath>

namespace earshot::host {
namespace {

int WavTag(const Fields& fields) {
  constexpr int kExtensible = 0xFFFE;
  const int tag = fields.Int(0, 2);
  return tag == kExtensible && fields.size() >= 26 ? fields.Int(24, 2) : tag;
}

}  // namespace

int WholeRate(double hz) {
  return hz >= 1 && hz <= INT32_MAX ? static_cast<int>(std::lround(hz)) : 0;
}

bool BeginsWith(Span<const uint8_t> bytes, std::string_view text) {
  return bytes.size() >= text.size() &&
         std::equal(text.begin(), text.end(), bytes.begin(),
                    [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

uint64_t Id3Bytes(Span<const uint8_t> beginning) {
  constexpr size_t kHeadBytes = 10;  // Of the foot as well.
  constexpr uint8_t kHasFoot = 0x10;
  if (beginning.size() < kHeadBytes || !BeginsWith(beginning, "ID3")) return 0;
  uint64_t size = 0;  // 7 bits a byte.
  for (size_t i = 6; i < kHeadBytes; ++i) size = size << 7 | (beginning[i] & 0x7F);
  return size + ((beginning[5] & kHasFoot) != 0 ? 2 : 1) * kHeadBytes;
}

bool ReadWavFormat(const Fields& fields, bool big_endian, LinearFormat* format) {
  const int tag = WavTag(fields);
  format->channels = fields.Int(2, 2);
  format->sample_rate_hz = fields.Int(4, 4);
  const int bits = fields.Int(14, 2);
  format->sample_bytes = (bits + 7) / 8;
  format->big_endian = big_endian;
  if (tag == 1) {
    // As arecord writes ALSA's S24_LE: in the lower bits of words of 32, which only the size of
    // frames tells. (Of WAVE_FORMAT_EXTENSIBLE with 24 valid bits of 32 they are in the upper
    // ones.)
    if (bits > 16 && bits < 32 && fields.Int(12, 2) == 4 * format->channels) {
      format->sample_bytes = 4;
      format->padding_bits = 32 - bits;
    }
    format->encoding = bits <= 8 ? SampleEncoding::kUnsigned : SampleEncoding::kSigned;
    return bits >= 1 && bits <= 64;
  }
  if (tag == 3) {
    format->encoding = SampleEncoding::kFloat;
    return bits == 32 || bits == 64;
  }
  format->encoding = tag == 6 ? SampleEncoding::kALaw : SampleEncoding::kMuLaw;
  return (tag == 6 || tag == 7) && bits == 8;
}

std::string WavCodingText(const Fields& fields) {
  const int tag = WavTag(fields);
  const int bits = fields.Int(14, 2);
  if (tag == 1) return fmt::format(" with samples of {} bits", bits);
  if (tag == 3) return fmt::format(" with floats of {} bits", bits);
  return fmt::format(" with compressed samples (format {})", tag);
}

WavBlocks ReadWavBlocks(const Fields& fields) {
  const int tag = WavTag(fields);
  if (tag != 2 && tag != 0x11 && tag != 0x31) return {};
  return {fields.Number(12, 2), fields.Number(18, 2)};
}

std::string CodingText(Span<const uint8_t> format, size_t at) {
  constexpr size_t kNameBytes = 4;
  if (format.size() < at + kNameBytes) return " with samples of a size that there is not";
  const std::string name(format.begin() + at, format.begin() + at + kNameBytes);
  return fmt::format(" with samples of the kind \"{}\"", name);
}

bool ReadAiffFormat(const Fields& fields, LinearFormat* format) {
  format->channels = fields.Int(0, 2);
  const int bits = fields.Int(6, 2);
  // 80 bits: exponent, then the mantissa without a hidden bit.
  const int exponent = fields.Int(8, 2) - 16383 - 63;
  format->sample_rate_hz =
      WholeRate(std::ldexp(static_cast<double>(fields.Number(10, 8)), exponent));
  format->sample_bytes = (bits + 7) / 8;
  format->big_endian = true;
  if (fields.size() < 22 || fields.Is(18, "NONE") || fields.Is(18, "twos")) {
    return bits >= 1 && bits <= 64;
  }
  format->big_endian = !fields.Is(18, "sowt");
  if (!format->big_endian) return bits >= 1 && bits <= 64;
  if (fields.Is(18, "fl32") || fields.Is(18, "FL32") || fields.Is(18, "fl64") ||
      fields.Is(18, "FL64")) {
    format->encoding = SampleEncoding::kFloat;
    format->sample_bytes = fields.Is(20, "32") ? 4 : 8;
    return true;
  }
  const bool is_a_law = fields.Is(18, "alaw") || fields.Is(18, "ALAW");
  format->encoding = is_a_law ? SampleEncoding::kALaw : SampleEncoding::kMuLaw;
  format->sample_bytes = 1;
  return is_a_law || fields.Is(18, "ulaw") || fields.Is(18, "ULAW");
}

bool ReadCafFormat(const Fields& fields, LinearFormat* format) {
  format->sample_rate_hz = WholeRate(fields.Double(0));
  const uint64_t flags = fields.Number(12, 4);
  format->channels = fields.Int(24, 4);
  const int bits = fields.Int(28, 4);
  const int packet_bytes = fields.Int(16, 4);
  if (format->channels < 1 || format->channels > kMostChannels)
    return true;  // An error of its own.
  format->sample_bytes = packet_bytes / format->channels;
  if (fields.Is(8, "lpcm")) {
    format->encoding = (flags & 1) != 0 ? SampleEncoding::kFloat : SampleEncoding::kSigned;
    format->big_endian = (flags & 2) == 0;
    return bits > 0 && bits <= 64 && format->sample_bytes == (bits + 7) / 8 &&
           ((flags & 1) == 0 || bits == 32 || bits == 64);
  }
  format->encoding = fields.Is(8, "alaw") ? SampleEncoding::kALaw : SampleEncoding::kMuLaw;
  return (fields.Is(8, "alaw") || fields.Is(8, "ulaw")) && format->sample_bytes == 1;
}

}  // namespace earshot::host
