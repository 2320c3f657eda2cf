// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/linear_samples.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

namespace earshot::host {
namespace {

uint64_t Bits(const uint8_t* bytes, int count, bool big_endian) {
  uint64_t bits = 0;
  for (int i = 0; i < count; ++i) bits = bits << 8 | bytes[big_endian ? i : count - 1 - i];
  return bits;
}

double Float(uint64_t bits, int bytes) {
  if (bytes == 8) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  }
  const auto bits32 = static_cast<uint32_t>(bits);
  float value = 0;
  std::memcpy(&value, &bits32, sizeof(value));
  return value;
}

// G.711: sign, three bits of exponent, four of mantissa. Values are those of 16 bits.
int FromMuLaw(uint64_t code) {
  const auto bits = static_cast<int>(~code & 0xFF);
  const int magnitude = ((((bits & 0x0F) << 3) + 0x84) << (bits >> 4 & 7)) - 0x84;
  return (bits & 0x80) != 0 ? -magnitude : magnitude;
}

int FromALaw(uint64_t code) {
  const auto bits = static_cast<int>(code ^ 0x55);
  const int exponent = bits >> 4 & 7;
  int magnitude = ((bits & 0x0F) << 4) + 8;
  if (exponent > 0) magnitude = (magnitude + 0x100) << (exponent - 1);
  return (bits & 0x80) != 0 ? magnitude : -magnitude;
}

// `scale`: one by half the range of an integer.
double Sample(const LinearFormat& format, double scale, const uint8_t* bytes) {
  const uint64_t bits = Bits(bytes, format.sample_bytes, format.big_endian);
  const uint64_t sign = uint64_t{1} << (8 * format.sample_bytes - 1);
  switch (format.encoding) {
    case SampleEncoding::kFloat:
      return Float(bits, format.sample_bytes);
    case SampleEncoding::kMuLaw:
      return FromMuLaw(bits) / 32768.0;
    case SampleEncoding::kALaw:
      return FromALaw(bits) / 32768.0;
    case SampleEncoding::kUnsigned:
      return static_cast<double>(bits) * scale - 1;
    case SampleEncoding::kSigned:
      break;
  }
  // Upwards over the padding, and what that was is cut off.
  const uint64_t upper = bits << format.padding_bits & (sign | (sign - 1));
  const auto value = static_cast<int64_t>((upper ^ sign) - sign);
  return static_cast<double>(value) * scale;
}

}  // namespace

std::string LinearFormat::EncodingText() const {
  switch (encoding) {
    case SampleEncoding::kFloat:
      return fmt::format("{}-bit floating point", 8 * sample_bytes);
    case SampleEncoding::kMuLaw:
      return "mu-law";
    case SampleEncoding::kALaw:
      return "A-law";
    default:
      return fmt::format("{}-bit integers", 8 * sample_bytes - padding_bits);
  }
}

void DecodeSamples(const LinearFormat& format, Span<const uint8_t> bytes,
                   std::vector<double>* samples) {
  const auto size = static_cast<size_t>(format.sample_bytes);
  const double scale = std::ldexp(1.0, 1 - 8 * format.sample_bytes);
  samples->resize(bytes.size() / size);
  for (size_t i = 0; i < samples->size(); ++i) {
    (*samples)[i] = Sample(format, scale, bytes.data() + i * size);
  }
}

bool IsSixteenBits(const LinearFormat& format) {
  return format.encoding == SampleEncoding::kSigned && format.sample_bytes == 2 &&
         format.padding_bits == 0;
}

void DecodeSixteenBits(const LinearFormat& format, Span<const uint8_t> bytes,
                       std::vector<int16_t>* samples) {
  samples->resize(bytes.size() / 2);
  const size_t low = format.big_endian ? 1 : 0;
  const uint8_t* pair = bytes.data();
  for (int16_t& sample : *samples) {
    sample = static_cast<int16_t>(pair[1 - low] << 8 | pair[low]);
    pair += 2;
  }
}

}  // namespace earshot::host
