// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the first bytes of a pipe say about the samples that follow.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"

namespace earshot::host {

// As in a WAV file's format chunk.
struct WavFormat {
  bool is_float = false;  // IEEE floating point; else signed integers.
  int channels = 0;       // 1 or more.
  int sample_rate_hz = 0;
  int bits = 0;                      // Of a sample: integers 16, 24 or 32, floating point 32 or 64.
  uint64_t data_bytes = UINT64_MAX;  // Of the samples; the most: up to the end.
};

struct PcmHeader {
  std::optional<WavFormat> wav;  // None: raw samples, ...
  std::vector<uint8_t> taken;    // ... the first of which were read already, up to 4 bytes.
};

// Fills the bytes and returns how many there were, fewer only at the end.
using ByteReader = std::function<size_t(Span<uint8_t>)>;

// Reads up to the first sample of a WAV file; what does not begin as one is taken for raw samples.
// `name` is for errors. Throws InputError: another format, which raw samples are hardly meant by; a
// WAV file without samples, or of another kind than above.
PcmHeader ReadPcmHeader(const std::string& name, const ByteReader& read);

}  // namespace earshot::host
