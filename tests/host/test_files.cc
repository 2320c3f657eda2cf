// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/test_files.h"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

#include "earshot/host/audio/audio_file.h"

namespace earshot::host {
namespace {

SNDFILE* OpenForWriting(const std::string& path, const Storage& storage) {
  SF_INFO info = {};
  info.samplerate = storage.sample_rate_hz;
  info.channels = storage.channels;
  info.format = storage.format;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  if (file == nullptr) throw std::runtime_error(path + ": " + sf_strerror(nullptr));
  sf_command(file, SFC_SET_CLIPPING, nullptr, SF_TRUE);
  return file;
}

}  // namespace

TempDir::TempDir() {
  std::string pattern = testing::TempDir() + "earshot.XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error(pattern + ": mkdtemp");
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void WriteBytes(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  for (const uint8_t byte : bytes) file.put(static_cast<char>(byte));
  if (!file.flush()) throw std::runtime_error(path + ": cannot be written");
}

void WriteText(const std::string& path, const std::string& text) {
  WriteBytes(path, {text.begin(), text.end()});
}

void WriteAudio(const std::string& path, const Storage& storage,
                const std::vector<double>& interleaved) {
  SNDFILE* file = OpenForWriting(path, storage);
  sf_write_double(file, interleaved.data(), static_cast<sf_count_t>(interleaved.size()));
  sf_close(file);
}

void WriteAudioPcm(const std::string& path, const Storage& storage,
                   const std::vector<int16_t>& pcm) {
  SNDFILE* file = OpenForWriting(path, storage);
  sf_write_short(file, pcm.data(), static_cast<sf_count_t>(pcm.size()));
  sf_close(file);
}

void WriteWav(const std::string& path, const std::vector<int16_t>& pcm) {
  WriteAudioPcm(path, {SF_FORMAT_WAV | SF_FORMAT_PCM_16}, pcm);
}

std::vector<double> Sine(double hz, double amplitude, const Storage& storage, size_t count) {
  std::vector<double> samples;
  const double step = 2 * 3.14159265358979323846 * hz / storage.sample_rate_hz;
  for (size_t i = 0; i < count; ++i) {
    for (int channel = 0; channel < storage.channels; ++channel) {
      samples.push_back(amplitude * std::sin(step * static_cast<double>(i)));
    }
  }
  return samples;
}

std::vector<int16_t> Noise(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<int16_t> pcm(count);
  for (int16_t& sample : pcm) sample = static_cast<int16_t>(random() & 0xFFFF);
  return pcm;
}

std::vector<int16_t> ReadFile(const std::string& path) {
  AudioFile file(path);
  std::vector<int16_t> samples;
  std::vector<int16_t> block(100000);
  while (const size_t count = file.Read(block)) {
    samples.insert(samples.end(), block.begin(), block.begin() + static_cast<ptrdiff_t>(count));
  }
  return samples;
}

std::string Raw(const std::vector<int16_t>& samples) {
  std::string bytes;
  for (const int16_t sample : samples) {
    bytes += static_cast<char>(sample & 0xFF);
    bytes += static_cast<char>(sample >> 8 & 0xFF);
  }
  return bytes;
}

}  // namespace earshot::host
