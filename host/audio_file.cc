// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/audio_file.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "host/errors.h"
#include "host/wav_length.h"

namespace earshot::host {
namespace {

constexpr size_t kBlockFrames = 4096;

// libsndfile keeps the error of a failed sf_open() in a global variable.
std::mutex& OpenMutex() {
  static std::mutex mutex;
  return mutex;
}

SNDFILE* Open(const std::string& path, SF_INFO* info) {
  const std::lock_guard<std::mutex> lock(OpenMutex());
  SNDFILE* file = sf_open(path.c_str(), SFM_READ, info);
  if (file == nullptr) throw InputError(sf_strerror(nullptr));
  return file;
}

void CheckIsFile(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw InputError("no such file");
  if (std::filesystem::is_directory(status)) throw InputError("is a directory");
  if (std::filesystem::is_regular_file(status) && std::filesystem::file_size(path, error) == 0) {
    throw InputError("the file is empty");
  }
}

// The number of frames that must come, or -1 where the format only lets it be estimated.
int64_t ExpectedFrames(const SF_INFO& info) {
  const bool exact = info.seekable != 0 && (info.format & SF_FORMAT_TYPEMASK) != SF_FORMAT_MPEG;
  return exact && info.frames < SF_COUNT_MAX ? info.frames : -1;
}

}  // namespace

std::string AudioFormat::Text() const {
  return fmt::format("{} Hz, {} channel{}", sample_rate_hz, channels, channels == 1 ? "" : "s");
}

void AudioFile::Close::operator()(sf_private_tag* file) const { sf_close(file); }

AudioFile::AudioFile(const std::string& path) {
  CheckIsFile(path);
  CheckWavIsWhole(path);
  SF_INFO info = {};
  file_.reset(Open(path, &info));
  format_ = {info.samplerate, info.channels};
  converter_ = std::make_unique<StreamConverter>(info.samplerate, info.channels);
  frames_expected_ = ExpectedFrames(info);
}

AudioFile::~AudioFile() = default;

size_t AudioFile::Read(Span<int16_t> samples) {
  size_t filled = 0;
  while (filled < samples.size()) {
    if (taken_ == ready_.size() && !FillReady()) break;
    const size_t count = std::min(samples.size() - filled, ready_.size() - taken_);
    std::copy_n(ready_.data() + taken_, count, samples.data() + filled);
    taken_ += count;
    filled += count;
  }
  samples_read_ += static_cast<int64_t>(filled);
  return filled;
}

// Decodes one more block; false: there is none. The block may be empty after resampling.
bool AudioFile::FillReady() {
  if (ended_) return false;
  const auto channels = static_cast<size_t>(format_.channels);
  interleaved_.resize(kBlockFrames * channels);
  const auto frames = static_cast<size_t>(
      std::max<sf_count_t>(0, sf_readf_double(file_.get(), interleaved_.data(), kBlockFrames)));

  ready_.clear();
  taken_ = 0;
  converter_->Convert(Span<const double>(interleaved_.data(), frames * channels), &ready_);
  frames_read_ += static_cast<int64_t>(frames);

  if (frames < kBlockFrames) {
    ended_ = true;
    if (sf_error(file_.get()) != SF_ERR_NO_ERROR) throw InputError(sf_strerror(file_.get()));
    if (frames_read_ < frames_expected_) {
      throw InputError(
          fmt::format("cut short: found {} samples, wanted {}", frames_read_, frames_expected_));
    }
  }
  if (ended_) converter_->Finish(&ready_);
  return true;
}

}  // namespace earshot::host
