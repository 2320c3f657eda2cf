// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AudioFile: any recording as what the core hears: 16 kHz, mono, 16 bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/formats/sound_flaws.h"

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

// Whether it is there, but cannot be read again: a pipe or device.
bool ComesOnce(const std::string& path);

// From 1 on. Reads the whole recording. Throws InputError (its text does not name the path), also
// where it is a pipe, which comes only once.
int LoudestChannel(const std::string& path);

// Reads recordings of any format (earshot/host/audio/frame_reader.h) from beginning to end, block
// by block: memory does not grow with the recording.
//
// 16 kHz mono 16-bit samples arrive bit for bit. All others are converted as StreamConverter says.
// All that can be heard is heard: what is missing or damaged is told behind the end.
class AudioFile {
 public:
  // `channel`: from 1 on, or kAllChannels, or kBestChannel: the loudest, for which the recording is
  // read twice. Throws InputError (as every function here; its text does not name the path): no
  // such file, not a recording, no such channel, or a sample rate outside
  // [kMinSampleRateHz, kMaxSampleRateHz].
  explicit AudioFile(const std::string& path, int channel = kAllChannels);
  ~AudioFile();

  const AudioFormat& format() const { return format_; }

  // Fills `samples` and returns how many there were; fewer than asked for only at the end.
  size_t Read(Span<int16_t> samples);

  // Samples that Read() has given so far.
  int64_t samples_read() const { return samples_read_; }

  // Behind the end: what it lacks.
  SoundFlaws Flaws() const;
  // The same. Throws when there were no samples at all.
  SoundFlaws FlawsOfSome() const;

 private:
  bool FillReady();

  std::unique_ptr<FrameReader> file_;
  AudioFormat format_;
  std::unique_ptr<StreamConverter> converter_;
  int64_t samples_read_ = 0;
  bool ended_ = false;
  std::vector<double> interleaved_;  // Buffers of FillReady(), of which a file needs one.
  std::vector<int16_t> sixteen_bits_;
  std::vector<int16_t> ready_;  // Converted samples, of which Read() has taken the first `taken_`.
  size_t taken_ = 0;
};

}  // namespace earshot::host
