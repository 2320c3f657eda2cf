// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the format chunks of sound files say.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "earshot/base/span.h"
#include "earshot/host/formats/linear_samples.h"

namespace earshot::host {

constexpr int kMostChannels = 1024;
constexpr int kMostChunks = 4096;      // That are looked at, before samples or behind them.
constexpr size_t kChunkHeadBytes = 8;  // Name and length.

bool BeginsWith(Span<const uint8_t> bytes, std::string_view text);

// Numbers out of the bytes of a chunk; 0 behind its end.
class Fields {
 public:
  Fields(Span<const uint8_t> bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  uint64_t Number(size_t at, size_t size) const {
    if (at + size > bytes_.size()) return 0;
    uint64_t number = 0;
    for (size_t i = 0; i < size; ++i) {
      number = number << 8 | bytes_[at + (big_endian_ ? i : size - 1 - i)];
    }
    return number;
  }
  int Int(size_t at, size_t size) const {
    return static_cast<int>(std::min<uint64_t>(Number(at, size), INT32_MAX));
  }
  double Double(size_t at) const {
    const uint64_t bits = Number(at, 8);
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  }
  bool Is(size_t at, std::string_view text) const {
    return at <= bytes_.size() && BeginsWith(bytes_.subspan(at), text);
  }
  size_t size() const { return bytes_.size(); }

 private:
  Span<const uint8_t> bytes_;
  bool big_endian_;
};

// How many bytes a tag of ID3 version 2 has that begins like this, with its head of 10 and the foot
// that it may have; 0: it is none. (ID3 tag version 2.4.0, M. Nilsson, 2000.)
uint64_t Id3Bytes(Span<const uint8_t> beginning);

// The sample rate in Hz; 0: none that there can be.
int WholeRate(double hz);

// Each returns false where the samples are compressed, or of a kind that is not known; what they
// set then, but channels and sample rate, says nothing.

// "Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991;
// WAVE_FORMAT_EXTENSIBLE of 2001.
bool ReadWavFormat(const Fields& fields, bool big_endian, LinearFormat* format);
// What of such a format is not read, behind the name of the file: " with floats of 16 bits".
std::string WavCodingText(const Fields& fields);

// Of samples that are compressed in blocks of one size (ADPCM, GSM): that size, and how many frames
// each has; else 0.
struct WavBlocks {
  uint64_t bytes = 0;
  uint64_t frames = 0;
};
WavBlocks ReadWavBlocks(const Fields& fields);
// The same of AIFF and CAF, whose format chunk has a name of four letters for it there.
std::string CodingText(Span<const uint8_t> format, size_t at);
// "Audio Interchange File Format AIFF-C", Apple, 1991.
bool ReadAiffFormat(const Fields& fields, LinearFormat* format);
// "Apple Core Audio Format Specification 1.0".
bool ReadCafFormat(const Fields& fields, LinearFormat* format);

}  // namespace earshot::host
