// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Samples that are stored one by one, without compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::host {

enum class SampleEncoding {
  kSigned,
  kUnsigned,
  kFloat,  // IEEE, of 4 or 8 bytes.
  kMuLaw,  // ITU-T G.711; one byte each, as ...
  kALaw,   // ... this one.
};

struct LinearFormat {
  SampleEncoding encoding = SampleEncoding::kSigned;
  bool big_endian = false;
  int sample_bytes = 2;  // 1 to 8. Fewer bits than that are in the upper ones ...
  int padding_bits = 0;  // ... below these, of a signed integer, which say nothing.
  int channels = 1;
  int sample_rate_hz = 16000;

  size_t frame_bytes() const {
    return static_cast<size_t>(channels) * static_cast<size_t>(sample_bytes);
  }
  // For people, e.g. "16-bit integers".
  std::string EncodingText() const;

  friend bool operator==(const LinearFormat& a, const LinearFormat& b) {
    return a.encoding == b.encoding && a.big_endian == b.big_endian &&
           a.sample_bytes == b.sample_bytes && a.padding_bits == b.padding_bits &&
           a.channels == b.channels && a.sample_rate_hz == b.sample_rate_hz;
  }
};

// Replaces `*samples` by those in `bytes`, whole ones only; full scale is +-1. Exact for integers
// of up to 52 bits.
void DecodeSamples(const LinearFormat& format, Span<const uint8_t> bytes,
                   std::vector<double>* samples);

// Whether samples are integers of 16 bits, which DecodeSixteenBits() gives as they are.
bool IsSixteenBits(const LinearFormat& format);

// The same of such a format, full scale being 32768.
void DecodeSixteenBits(const LinearFormat& format, Span<const uint8_t> bytes,
                       std::vector<int16_t>* samples);

}  // namespace earshot::host
