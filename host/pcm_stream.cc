// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/pcm_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "host/errors.h"

namespace earshot::host {
namespace {

// Chunks of WAV files ("Multimedia Programming Interface and Data Specifications 1.0", IBM and
// Microsoft, 1991; WAVE_FORMAT_EXTENSIBLE of 2001).
constexpr uint32_t kFormatBytes = 16;
constexpr uint32_t kPcm = 1;
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

}  // namespace

void PcmStream::Close::operator()(std::FILE* file) const {
  if (file != stdin) std::fclose(file);
}

PcmStream::PcmStream(const std::string& path)
    : path_(path == "-" ? "standard input" : path),
      file_(path == "-" ? stdin : std::fopen(path.c_str(), "rb")) {
  if (file_ == nullptr) throw InputError(path_ + ": " + std::strerror(errno));
  head_size_ = ReadBytes(head_);
  for (const std::string_view other : {"fLaC", "OggS", "RF64", "FORM", "caff", ".snd"}) {
    if (Is(head_, other)) {
      throw InputError(path_ + ": wanted raw 16-bit samples or a WAV file, not another format");
    }
  }
  if (Is(head_, "RIFF")) ReadWavHeader();
}

size_t PcmStream::ReadBytes(Span<uint8_t> bytes) {
  const size_t size = std::fread(bytes.data(), 1, bytes.size(), file_.get());
  if (std::ferror(file_.get()) != 0) throw InputError(path_ + ": " + std::strerror(errno));
  return size;
}

void PcmStream::Skip(uint64_t size) {
  if (size > kMostHeaderBytes) {
    throw InputError(
        fmt::format("{}: a WAV file with a chunk of {} bytes before its samples, "
                    "wanted at most {}",
                    path_, size, kMostHeaderBytes));
  }
  std::vector<uint8_t> bytes(size);
  if (ReadBytes(bytes) != size) {
    throw InputError(path_ + ": a WAV file that ends before its samples");
  }
}

void PcmStream::ReadFormat(uint32_t size) {
  uint8_t format[kFormatBytes];
  if (size < kFormatBytes || ReadBytes(format) != kFormatBytes) {
    throw InputError(path_ + ": a WAV file with a format chunk that is too short");
  }
  const Span<const uint8_t> bytes(format);
  const uint32_t tag = Number(bytes.subspan(0, 2));
  const uint32_t channels = Number(bytes.subspan(2, 2));
  const uint32_t rate = Number(bytes.subspan(4, 4));
  const uint32_t bits = Number(bytes.subspan(14, 2));
  if ((tag != kPcm && tag != kExtensible) || channels != 1 || bits != 16) {
    throw InputError(
        fmt::format("{}: found format {}, {} channels, {} bits; wanted 1 channel of "
                    "16-bit PCM, as the microphone gives it",
                    path_, tag, channels, bits));
  }
  if (rate == 0 || rate > 1000000) {
    throw InputError(fmt::format("{}: sample rate: found {} Hz", path_, rate));
  }
  sample_rate_hz_ = static_cast<int>(rate);
  Skip(uint64_t{size} - kFormatBytes + size % 2);
}

// Goes on to the first byte of the samples.
void PcmStream::ReadWavHeader() {
  head_size_ = 0;
  uint8_t riff[8];
  if (ReadBytes(riff) != sizeof(riff) || !Is(Span<const uint8_t>(riff).subspan(4), "WAVE")) {
    throw InputError(path_ + ": a RIFF file that is no WAV file");
  }
  for (;;) {
    uint8_t chunk[8];
    if (ReadBytes(chunk) != sizeof(chunk)) {
      throw InputError(path_ + ": a WAV file without samples");
    }
    const Span<const uint8_t> id = Span<const uint8_t>(chunk).subspan(0, 4);
    const uint32_t size = Number(Span<const uint8_t>(chunk).subspan(4));
    if (Is(id, "data")) {
      if (sample_rate_hz_ == 0) throw InputError(path_ + ": a WAV file without a format chunk");
      if (size != 0 && size < kOpenLength) bytes_left_ = size;
      return;
    }
    if (Is(id, "fmt ")) {
      ReadFormat(size);
    } else {
      Skip(uint64_t{size} + size % 2);
    }
  }
}

size_t PcmStream::Read(Span<int16_t> samples) {
  std::vector<uint8_t> bytes(
      static_cast<size_t>(std::min<uint64_t>(2 * samples.size(), bytes_left_)));
  size_t size = 0;
  while (size < bytes.size() && head_taken_ < head_size_) bytes[size++] = head_[head_taken_++];
  size += ReadBytes(Span<uint8_t>(bytes).subspan(size));
  bytes_left_ -= size;
  const size_t count = size / 2;
  for (size_t i = 0; i < count; ++i) {
    samples[i] = static_cast<int16_t>(bytes[2 * i] | bytes[2 * i + 1] << 8);
  }
  return count;
}

}  // namespace earshot::host
