// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/pcm_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/audio/linear_reader.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "earshot/host/formats/sound_header.h"

namespace earshot::host {
namespace {

constexpr size_t kPieceFrames = 1600;

}  // namespace

PcmStream::PcmStream(const std::string& path, int channel)
    : path_(path == "-" ? "standard input" : path) {
  try {
    OpenedFile file = OpenFile(path);
    if (file == nullptr) throw InputError(std::strerror(errno));
    SoundHeader header =
        ReadSoundHeader([&file](Span<uint8_t> bytes) { return ReadBytes(file.get(), bytes); });
    const bool is_raw = header.kind.name.empty();
    if (is_raw) header.linear = LinearFormat();
    if (header.linear) {
      reader_ = std::make_unique<LinearReader>(std::move(file), std::move(header));
    } else {
      reader_ = OpenFramesAgain(path, header);
    }
    if (!is_raw) sample_rate_hz_ = reader_->sample_rate_hz();
    if (channel == kBestChannel) channel = reader_->channels() == 1 ? 1 : LoudestChannel(path);
    mixer_ = std::make_unique<ChannelMixer>(reader_->channels(), channel);
  } catch (const InputError& error) {
    throw InputError(path_ + ": " + error.what());
  }
}

size_t PcmStream::Read(Span<int16_t> samples) {
  size_t filled = 0;
  while (filled < samples.size()) {
    if (taken_ == mono_.size()) {
      try {
        if (!reader_->Read(kPieceFrames, &interleaved_)) break;
      } catch (const InputError& error) {
        throw InputError(path_ + ": " + error.what());
      }
      mixer_->Mix(interleaved_, &mono_);
      taken_ = 0;
    }
    const size_t count = std::min(samples.size() - filled, mono_.size() - taken_);
    std::transform(mono_.begin() + static_cast<ptrdiff_t>(taken_),
                   mono_.begin() + static_cast<ptrdiff_t>(taken_ + count), samples.begin() + filled,
                   ToInt16);
    taken_ += count;
    filled += count;
  }
  return filled;
}

SoundFlaws PcmStream::Flaws() const {
  SoundFlaws flaws = reader_->Flaws();
  mixer_->AddFlaws(reader_->sample_rate_hz(), &flaws);
  return flaws;
}

}  // namespace earshot::host
