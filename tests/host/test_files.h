// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Files that the tests of the host program make for themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earshot::host {

// A new, empty directory that disappears with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  // The path of a file in it; does not make the file.
  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void WriteBytes(const std::string& path, const std::vector<uint8_t>& bytes);
void WriteText(const std::string& path, const std::string& text);

// How a recording is stored. `format` is libsndfile's, e.g. SF_FORMAT_WAV | SF_FORMAT_PCM_16.
struct Storage {
  int format;
  int sample_rate_hz = 16000;
  int channels = 1;
};

// Writes interleaved samples, full scale being +-1.
void WriteAudio(const std::string& path, const Storage& storage,
                const std::vector<double>& interleaved);
// Writes 16-bit samples as they are.
void WriteAudioPcm(const std::string& path, const Storage& storage,
                   const std::vector<int16_t>& pcm);

// 16 kHz mono 16-bit WAV.
void WriteWav(const std::string& path, const std::vector<int16_t>& pcm);

// All samples of a recording, as AudioFile gives them.
std::vector<int16_t> ReadFile(const std::string& path);

// `count` frames of a sine, the same in each channel.
std::vector<double> Sine(double hz, double amplitude, const Storage& storage, size_t count);

// `count` samples of seeded noise over the whole range.
std::vector<int16_t> Noise(size_t count, uint32_t seed);

// Samples as bytes, the low one first, without a header.
std::string Raw(const std::vector<int16_t>& samples);

}  // namespace earshot::host
