// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/wav_header.h"

#include <cstring>

#include "firmware/port/audio_source.h"

namespace earshot::cortex_m {
namespace {

constexpr size_t kRiffHeaderBytes = 12;
constexpr size_t kChunkHeaderBytes = 8;
constexpr size_t kFormatBytes = 16;

uint32_t Number(const uint8_t* bytes, size_t count) {
  uint32_t value = 0;
  for (size_t i = count; i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

bool IsTag(const uint8_t* bytes, const char* tag) { return std::memcmp(bytes, tag, 4) == 0; }

const char* CheckFormat(const uint8_t* format) {
  constexpr uint32_t kPcm = 1;
  constexpr uint32_t kBits = 16;
  if (Number(format, 2) != kPcm || Number(format + 14, 2) != kBits) {
    return "the recording is not 16-bit PCM";
  }
  if (Number(format + 2, 2) != 1) return "the recording is not mono";
  if (Number(format + 4, 4) != port::kAudioRateHz) return "the recording is not at 16 kHz";
  return nullptr;
}

}  // namespace

const char* ParseWavHeader(Span<const uint8_t> header, WavData* data) {
  if (header.size() < kRiffHeaderBytes || !IsTag(header.data(), "RIFF") ||
      !IsTag(header.data() + 8, "WAVE")) {
    return "the recording is not a WAV file";
  }
  bool has_format = false;
  size_t chunk = kRiffHeaderBytes;
  while (chunk + kChunkHeaderBytes <= header.size()) {
    const uint8_t* bytes = header.data() + chunk;
    const uint32_t size = Number(bytes + 4, 4);
    const size_t begin = chunk + kChunkHeaderBytes;
    if (IsTag(bytes, "data")) {
      if (!has_format) return "the recording has no format before its samples";
      *data = {begin, size & ~size_t{1}};
      return nullptr;
    }
    if (size > header.size() - begin) break;
    if (IsTag(bytes, "fmt ")) {
      if (size < kFormatBytes) return "the recording's format is cut off";
      const char* error = CheckFormat(bytes + kChunkHeaderBytes);
      if (error != nullptr) return error;
      has_format = true;
    }
    chunk = begin + size + (size & 1);
  }
  return "the recording has no samples near its beginning";
}

}  // namespace earshot::cortex_m
