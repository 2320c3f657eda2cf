// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PcmStream: 16-bit mono samples as they come, untouched, from a file or a pipe.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/span.h"

namespace earshot::host {

// Unlike AudioFile, which makes 16 kHz of anything and wants to seek: who judges a microphone wants
// its samples as they are, and hears it through a pipe.
class PcmStream {
 public:
  // A file, or "-" for standard input: raw little-endian samples, or a WAV file of such. Throws
  // InputError: it cannot be read, or is of another format.
  explicit PcmStream(const std::string& path);

  // As a WAV file says; 0: raw samples do not say.
  int sample_rate_hz() const { return sample_rate_hz_; }

  // Fills `samples` and returns how many there were; fewer than asked for only at the end. A last
  // byte that is half a sample is passed over. Throws InputError when reading fails.
  size_t Read(Span<int16_t> samples);

 private:
  struct Close {
    void operator()(std::FILE* file) const;
  };

  size_t ReadBytes(Span<uint8_t> bytes);

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  int sample_rate_hz_ = 0;
  uint64_t bytes_left_ = UINT64_MAX;  // Of samples; raw ones go on to the end.
  std::vector<uint8_t> head_;         // The first bytes, which tell that it is raw.
  size_t head_taken_ = 0;
};

}  // namespace earshot::host
