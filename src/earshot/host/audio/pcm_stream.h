// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PcmStream: samples as they come, at their own rate, from a file or a pipe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/audio/channel_mixer.h"
#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

// Unlike AudioFile, which makes 16 kHz of anything: who judges a microphone wants its samples as
// they are, and may hear them through a pipe.
class PcmStream {
 public:
  // A file, or "-" for standard input: raw little-endian samples of 16 bits, or what
  // ReadSoundHeader() reads, or, where it is a file, whatever AudioFile reads. `channel`: from 1
  // on, or kAllChannels, or of files kBestChannel. Throws InputError: it cannot be read, is no
  // sound, or has no such channel.
  explicit PcmStream(const std::string& path, int channel = kAllChannels);

  // As a header says; 0: raw samples do not say.
  int sample_rate_hz() const { return sample_rate_hz_; }

  // Fills `samples` and returns how many there were; fewer than asked for only at the end. Samples
  // of 16 bits are untouched, others rounded to those. Throws InputError when reading fails.
  size_t Read(Span<int16_t> samples);

  // Behind the end: what it lacks.
  SoundFlaws Flaws() const;

 private:
  std::string path_;
  int sample_rate_hz_ = 0;
  std::unique_ptr<FrameReader> reader_;
  std::unique_ptr<ChannelMixer> mixer_;
  std::vector<double> interleaved_;  // Buffers of Read().
  std::vector<double> mono_;
  size_t taken_ = 0;  // Of `mono_`.
};

}  // namespace earshot::host
