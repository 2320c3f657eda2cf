// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/pcm_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "host/errors.h"
#include "host/pcm_header.h"

namespace earshot::host {

void PcmStream::Close::operator()(std::FILE* file) const {
  if (file != stdin) std::fclose(file);
}

PcmStream::PcmStream(const std::string& path)
    : path_(path == "-" ? "standard input" : path),
      file_(path == "-" ? stdin : std::fopen(path.c_str(), "rb")) {
  if (file_ == nullptr) throw InputError(path_ + ": " + std::strerror(errno));
  PcmHeader header = ReadPcmHeader(path_, [this](Span<uint8_t> bytes) { return ReadBytes(bytes); });
  head_ = std::move(header.taken);
  if (!header.wav) return;
  const WavFormat& wav = *header.wav;
  if (wav.is_float || wav.channels != 1 || wav.bits != 16) {
    throw InputError(
        fmt::format("{}: found {}, {} channels, {} bits; wanted 1 channel of 16-bit PCM, as the "
                    "microphone gives it",
                    path_, wav.is_float ? "floating point" : "PCM", wav.channels, wav.bits));
  }
  sample_rate_hz_ = wav.sample_rate_hz;
  bytes_left_ = wav.data_bytes;
}

size_t PcmStream::ReadBytes(Span<uint8_t> bytes) {
  const size_t size = std::fread(bytes.data(), 1, bytes.size(), file_.get());
  if (std::ferror(file_.get()) != 0) throw InputError(path_ + ": " + std::strerror(errno));
  return size;
}

size_t PcmStream::Read(Span<int16_t> samples) {
  std::vector<uint8_t> bytes(
      static_cast<size_t>(std::min<uint64_t>(2 * samples.size(), bytes_left_)));
  size_t size = 0;
  while (size < bytes.size() && head_taken_ < head_.size()) bytes[size++] = head_[head_taken_++];
  size += ReadBytes(Span<uint8_t>(bytes).subspan(size));
  bytes_left_ -= size;
  const size_t count = size / 2;
  for (size_t i = 0; i < count; ++i) {
    samples[i] = static_cast<int16_t>(bytes[2 * i] | bytes[2 * i + 1] << 8);
  }
  return count;
}

}  // namespace earshot::host
