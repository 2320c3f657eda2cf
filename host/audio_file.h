// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AudioFile: any recording as what the core hears: 16 kHz, mono, 16 bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/span.h"
#include "host/listening/stream_converter.h"

struct sf_private_tag;

namespace earshot::host {

// What the file itself holds.
struct AudioFormat {
  int sample_rate_hz = 0;
  int channels = 0;
  // Whether the samples had to be resampled or mixed.
  bool converted() const { return sample_rate_hz != kSampleRateHz || channels != 1; }
  // For people, e.g. "44100 Hz, 2 channels".
  std::string Text() const;
};

// Reads any format of libsndfile from its beginning to its end, block by block: memory does not
// grow with the recording.
//
// 16 kHz mono 16-bit samples arrive bit for bit. All others are converted as StreamConverter says,
// channels being averaged.
class AudioFile {
 public:
  // Throws InputError (as every function here; its text does not name the path): no such file, not
  // a recording, cut short, or a sample rate outside [kMinSampleRateHz, kMaxSampleRateHz].
  explicit AudioFile(const std::string& path);
  ~AudioFile();

  const AudioFormat& format() const { return format_; }

  // Fills `samples` and returns how many there were; fewer than asked for only at the end.
  // Throws when a sample is not a finite number, or the file ends before it should.
  size_t Read(Span<int16_t> samples);

  // Samples that Read() has given so far.
  int64_t samples_read() const { return samples_read_; }

 private:
  bool FillReady();

  struct Close {
    void operator()(sf_private_tag* file) const;
  };
  std::unique_ptr<sf_private_tag, Close> file_;
  AudioFormat format_;
  std::unique_ptr<StreamConverter> converter_;
  int64_t frames_expected_ = -1;  // What the header promises; -1: nothing exact.
  int64_t frames_read_ = 0;
  int64_t samples_read_ = 0;
  bool ended_ = false;
  std::vector<double> interleaved_;  // Buffer of FillReady().
  std::vector<int16_t> ready_;  // Converted samples, of which Read() has taken the first `taken_`.
  size_t taken_ = 0;
};

}  // namespace earshot::host
