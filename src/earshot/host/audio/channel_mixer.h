// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ChannelMixer: one channel out of several.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

// In place of a channel's number.
constexpr int kAllChannels = 0;   // The mean of all.
constexpr int kBestChannel = -1;  // The loudest; of recordings only, which can be read twice.

constexpr double kMuchLossDb = 6;

// Takes a stream block by block and remembers what there is to tell of it.
class ChannelMixer {
 public:
  // `channel`: from 1 on, or kAllChannels. Throws InputError: no channels, or no such channel.
  ChannelMixer(int channels, int channel);

  int channels() const { return channels_; }
  int channel() const { return channel_; }

  // Replaces `*mono` by what is wanted of whole frames, full scale being +-1. A sample that is not
  // a finite number is taken for 0.
  void Mix(Span<const double> interleaved, std::vector<double>* mono);

  // Counts frames of a single channel that somebody takes as they are: finite numbers, all of them.
  void Pass(size_t frames) { frames_ += static_cast<int64_t>(frames); }

  // Of several channels that are averaged: by how many dB the mean is softer than the loudest of
  // them so far, both without their offsets; 0 where there is no sound, infinity where all is lost.
  double LossDb() const;
  // The loudest channel so far, from 1 on.
  int Loudest() const;

  // Adds sentences about a loss of more than kMuchLossDb, and about numbers that are none in what
  // is heard.
  void AddFlaws(int sample_rate_hz, SoundFlaws* flaws) const;

 private:
  struct Level {
    double sum = 0;
    double squares = 0;
    void Add(double sample) {
      sum += sample;
      squares += sample * sample;
    }
  };
  double Power(const Level& level) const;
  std::string LossText() const;

  int channels_;
  int channel_;
  int64_t frames_ = 0;
  int64_t bad_samples_ = 0;    // No finite numbers, of channels that are heard.
  int64_t first_bad_ = 0;      // The frame of the first of those, from 0 on.
  std::vector<Level> levels_;  // Of each channel ...
  Level mean_;                 // ... and of their mean.
  std::vector<double> frame_;
};

}  // namespace earshot::host
