// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/audio_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

}  // namespace

bool ComesOnce(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

int LoudestChannel(const std::string& path) {
  if (ComesOnce(path)) {
    throw InputError("comes only once, as from a pipe: wanted a channel's number or mix, not best");
  }
  const std::unique_ptr<FrameReader> file = OpenFrames(path);
  if (file->channels() == 1) return 1;
  ChannelMixer mixer(file->channels(), kAllChannels);
  std::vector<double> interleaved;
  std::vector<double> mono;
  while (file->Read(kBlockFrames, &interleaved)) mixer.Mix(interleaved, &mono);
  return mixer.Loudest();
}

std::string AudioFormat::Text() const {
  return fmt::format("{} Hz, {} channel{}", sample_rate_hz, channels, channels == 1 ? "" : "s");
}

AudioFile::AudioFile(const std::string& path, int channel) {
  if (channel == kBestChannel) channel = LoudestChannel(path);
  file_ = OpenFrames(path);
  format_ = {file_->sample_rate_hz(), file_->channels()};
  converter_ = std::make_unique<StreamConverter>(format_.sample_rate_hz, format_.channels, channel);
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
  ready_.clear();
  taken_ = 0;
  const bool sixteen = file_->is_sixteen_bits();
  ended_ = sixteen ? !file_->ReadSixteenBits(kBlockFrames, &sixteen_bits_)
                   : !file_->Read(kBlockFrames, &interleaved_);
  if (ended_) {
    converter_->Finish(&ready_);
  } else if (sixteen) {
    converter_->Convert(Span<const int16_t>(sixteen_bits_), &ready_);
  } else {
    converter_->Convert(Span<const double>(interleaved_), &ready_);
  }
  return true;
}

SoundFlaws AudioFile::Flaws() const {
  SoundFlaws flaws = file_->Flaws();
  converter_->AddFlaws(&flaws);
  return flaws;
}

SoundFlaws AudioFile::FlawsOfSome() const {
  SoundFlaws flaws = Flaws();
  if (samples_read_ > 0) return flaws;
  const std::string why = flaws.error.empty() ? flaws.note : flaws.error;
  throw InputError("no samples" + (why.empty() ? "" : ": " + why));
}

}  // namespace earshot::host
