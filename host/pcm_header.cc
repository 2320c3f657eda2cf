// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/pcm_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "host/errors.h"

namespace earshot::host {
namespace {

// Chunks of WAV files ("Multimedia Programming Interface and Data Specifications 1.0", IBM and
// Microsoft, 1991; WAVE_FORMAT_EXTENSIBLE of 2001).
constexpr uint32_t kFormatBytes = 16;
constexpr uint32_t kExtensionBytes = 10;  // Up to the sub-format, whose first bytes are a tag.
constexpr uint32_t kPcm = 1;
constexpr uint32_t kFloat = 3;
constexpr uint32_t kExtensible = 0xFFFE;
// Programs that write to a pipe do not know the length: 0, or almost 2 or 4 GiB.
constexpr uint32_t kOpenLength = 0x7FFFF000;
constexpr uint32_t kMostHeaderBytes = 1 << 20;

uint32_t Number(Span<const uint8_t> bytes) {
  uint32_t number = 0;
  for (size_t i = bytes.size(); i > 0; --i) number = number << 8 | bytes[i - 1];
  return number;
}

bool Is(Span<const uint8_t> bytes, std::string_view text) {
  return std::equal(bytes.begin(), bytes.end(), text.begin(), text.end());
}

class WavHeaderReader {
 public:
  WavHeaderReader(const std::string& name, const ByteReader& read) : name_(name), read_(read) {}

  // Goes on from "RIFF" to the first byte of the samples.
  WavFormat Read() {
    uint8_t riff[8];
    if (read_(riff) != sizeof(riff) || !Is(Span<const uint8_t>(riff).subspan(4), "WAVE")) {
      throw InputError(name_ + ": a RIFF file that is no WAV file");
    }
    for (;;) {
      uint8_t chunk[8];
      if (read_(chunk) != sizeof(chunk)) throw InputError(name_ + ": a WAV file without samples");
      const Span<const uint8_t> id = Span<const uint8_t>(chunk).subspan(0, 4);
      const uint32_t size = Number(Span<const uint8_t>(chunk).subspan(4));
      if (Is(id, "data")) {
        if (format_.sample_rate_hz == 0) {
          throw InputError(name_ + ": a WAV file without a format chunk");
        }
        if (size != 0 && size < kOpenLength) format_.data_bytes = size;
        return format_;
      }
      const std::vector<uint8_t> content = Content(uint64_t{size} + size % 2);
      if (Is(id, "fmt ")) ReadFormat(Span<const uint8_t>(content).subspan(0, size));
    }
  }

 private:
  std::vector<uint8_t> Content(uint64_t size) const {
    if (size > kMostHeaderBytes) {
      throw InputError(
          fmt::format("{}: a WAV file with a chunk of {} bytes before its samples, "
                      "wanted at most {}",
                      name_, size, kMostHeaderBytes));
    }
    std::vector<uint8_t> bytes(size);
    if (read_(bytes) != size) {
      throw InputError(name_ + ": a WAV file that ends before its samples");
    }
    return bytes;
  }

  void ReadFormat(Span<const uint8_t> bytes) {
    if (bytes.size() < kFormatBytes) {
      throw InputError(name_ + ": a WAV file with a format chunk that is too short");
    }
    uint32_t tag = Number(bytes.subspan(0, 2));
    if (tag == kExtensible && bytes.size() >= kFormatBytes + kExtensionBytes) {
      tag = Number(bytes.subspan(kFormatBytes + kExtensionBytes - 2, 2));
    }
    const uint32_t channels = Number(bytes.subspan(2, 2));
    const uint32_t rate = Number(bytes.subspan(4, 4));
    const uint32_t bits = Number(bytes.subspan(14, 2));
    const bool is_known = tag == kPcm     ? bits == 16 || bits == 24 || bits == 32
                          : tag == kFloat ? bits == 32 || bits == 64
                                          : false;
    if (!is_known || channels == 0) {
      throw InputError(
          fmt::format("{}: found format {}, {} channels, {} bits; wanted PCM of 16, 24 or 32 "
                      "bits, or floating point",
                      name_, tag, channels, bits));
    }
    if (rate == 0 || rate > 1000000) {
      throw InputError(fmt::format("{}: sample rate: found {} Hz", name_, rate));
    }
    format_.is_float = tag == kFloat;
    format_.channels = static_cast<int>(channels);
    format_.sample_rate_hz = static_cast<int>(rate);
    format_.bits = static_cast<int>(bits);
  }

  const std::string& name_;
  const ByteReader& read_;
  WavFormat format_;
};

}  // namespace

PcmHeader ReadPcmHeader(const std::string& name, const ByteReader& read) {
  PcmHeader header;
  header.taken.resize(4);
  header.taken.resize(read(header.taken));
  for (const std::string_view other : {"fLaC", "OggS", "RF64", "FORM", "caff", ".snd"}) {
    if (Is(header.taken, other)) {
      throw InputError(name + ": wanted raw 16-bit samples or a WAV file, not another format");
    }
  }
  if (!Is(header.taken, "RIFF")) return header;
  header.taken.clear();
  header.wav = WavHeaderReader(name, read).Read();
  return header;
}

}  // namespace earshot::host
