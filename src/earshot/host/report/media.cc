// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/media.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "earshot/app/units.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/errors.h"
#include "earshot/host/report/png.h"

namespace earshot::host {
namespace {

constexpr int kStrideMs = 20;
constexpr int kWindowMs = 30;
constexpr int64_t kWarmUpSamples = kSampleRateHz;
constexpr int kLargestFeature = 666;  // What the feature buffer makes an int8 of 127.

// From dark to light by way of blue, red and yellow; each step is lighter than the one before.
Palette MakePalette() {
  constexpr std::array<Colour, 6> kStops = {{{10, 12, 28},
                                             {44, 36, 104},
                                             {130, 40, 120},
                                             {214, 72, 82},
                                             {247, 152, 60},
                                             {252, 240, 170}}};
  Palette palette = {};
  for (size_t i = 0; i < palette.size(); ++i) {
    const size_t at = i * (kStops.size() - 1);
    const size_t stop = std::min(at / 255, kStops.size() - 2);
    const auto share = static_cast<int>(at - stop * 255);
    const auto mixed = [share](uint8_t from, uint8_t to) {
      return static_cast<uint8_t>(from + (to - from) * share / 255);
    };
    const Colour& from = kStops[stop];
    const Colour& to = kStops[stop + 1];
    palette[i] = {mixed(from.red, to.red), mixed(from.green, to.green), mixed(from.blue, to.blue)};
  }
  return palette;
}

std::string LittleEndian(uint32_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

}  // namespace

std::string DataUri(const std::string& type, const std::string& bytes) {
  constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string uri = "data:" + type + ";base64,";
  uri.reserve(uri.size() + (bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t bits = 0;
    for (size_t k = i; k < i + 3; ++k) {
      bits = bits << 8 | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      uri += i + k <= bytes.size() ? kLetters[bits >> (18 - 6 * k) & 63] : '=';
    }
  }
  return uri;
}

std::string WavBytes(Span<const int16_t> samples) {
  const auto bytes = static_cast<uint32_t>(samples.size() * 2);
  std::string wav = "RIFF" + LittleEndian(36 + bytes, 4) + "WAVEfmt " + LittleEndian(16, 4) +
                    LittleEndian(1, 2) + LittleEndian(1, 2) + LittleEndian(kSampleRateHz, 4) +
                    LittleEndian(2 * kSampleRateHz, 4) + LittleEndian(2, 2) + LittleEndian(16, 2) +
                    "data" + LittleEndian(bytes, 4);
  for (const int16_t sample : samples) wav += LittleEndian(static_cast<uint16_t>(sample), 2);
  return wav;
}

MediaReader::MediaReader(size_t most_sound_bytes, int channel)
    : sound_bytes_left_(most_sound_bytes),
      extractor_(kStandardTables, kStrideMs),
      channel_(channel) {}

MediaReader::~MediaReader() = default;

// Makes `samples_` hold [begin, end) of the recording, as far as it goes.
void MediaReader::Load(const std::string& path, int64_t begin, int64_t end) {
  if (file_ == nullptr || path != path_ || begin < samples_begin_) {
    file_ = nullptr;
    file_ = std::make_unique<AudioFile>(path, channel_);
    path_ = path;
    samples_.clear();
    samples_begin_ = 0;
  }
  const auto forget = [&](int64_t until) {
    const int64_t count =
        std::clamp<int64_t>(until - samples_begin_, 0, static_cast<int64_t>(samples_.size()));
    samples_.erase(samples_.begin(), samples_.begin() + count);
    samples_begin_ += count;
  };
  std::array<int16_t, 4096> block;
  for (;;) {
    forget(begin);
    if (samples_begin_ + static_cast<int64_t>(samples_.size()) >= end) return;
    const size_t count = file_->Read({block.data(), block.size()});
    if (count == 0) return;
    samples_.insert(samples_.end(), block.begin(), block.begin() + count);
  }
}

Media MediaReader::Read(const std::string& path, double start, double end) {
  Media media;
  const int64_t begin = std::max<int64_t>(0, std::llround(start * kSampleRateHz));
  const int64_t warm_begin = std::max<int64_t>(0, begin - kWarmUpSamples);
  try {
    Load(path, warm_begin, std::llround(end * kSampleRateHz));
  } catch (const InputError& error) {
    file_ = nullptr;
    media.error = error.what();
    return media;
  }
  const auto skipped = static_cast<size_t>(begin - warm_begin);
  // More may have been read than was asked for.
  const auto wanted = static_cast<size_t>(std::llround(end * kSampleRateHz) - warm_begin);
  const size_t count = std::min(samples_.size(), wanted);
  if (count <= skipped) {
    media.error = "the recording ends before";
    return media;
  }
  Picture(begin, count, &media);
  const Span<const int16_t> heard(samples_.data() + skipped, count - skipped);
  std::string sound = DataUri("audio/wav", WavBytes(heard));
  if (sound.size() <= sound_bytes_left_) {
    sound_bytes_left_ -= sound.size();
    media.sound = std::move(sound);
  } else {
    ++sounds_left_out_;
  }
  return media;
}

// Of the samples from `begin` on, the first `count` of `samples_` being heard.
void MediaReader::Picture(int64_t begin, size_t count, Media* media) {
  static const Palette palette = MakePalette();
  std::vector<uint16_t> features;
  extractor_.Reset();
  extractor_.Extract({samples_.data(), count}, &features);
  const size_t channels = extractor_.channels();
  const auto first = static_cast<size_t>((begin - samples_begin_) * 1000 / kSampleRateHz) /
                     static_cast<size_t>(kStrideMs);
  const size_t frames = features.size() / channels;
  if (frames <= first) return;  // Shorter than one window: sound alone.
  const size_t width = frames - first;
  std::vector<uint8_t> pixels(width * channels);
  for (size_t x = 0; x < width; ++x) {
    for (size_t y = 0; y < channels; ++y) {
      const int feature = features[(first + x) * channels + channels - 1 - y];
      pixels[y * width + x] =
          static_cast<uint8_t>(std::min(feature, kLargestFeature) * 255 / kLargestFeature);
    }
  }
  media->picture =
      DataUri("image/png", EncodePng(width, channels, {pixels.data(), pixels.size()}, palette));
  // A frame stands for the stride around the middle of its window.
  const double first_start =
      SecondsOfSamples(samples_begin_) +
      (static_cast<double>(first) * kStrideMs + (kWindowMs - kStrideMs) / 2.0) / 1000;
  media->picture_start = first_start;
  media->picture_end = first_start + static_cast<double>(width) * kStrideMs / 1000;
}

}  // namespace earshot::host
