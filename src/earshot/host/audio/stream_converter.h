// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// StreamConverter: sound of any rate and number of channels as what the core hears: 16 kHz, mono,
// 16 bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/app/units.h"
#include "earshot/base/span.h"
#include "earshot/host/audio/channel_mixer.h"
#include "earshot/host/audio/resampler.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

// What is slower or faster than this is taken for damaged.
constexpr int kMinSampleRateHz = 1000;
constexpr int kMaxSampleRateHz = 768000;

// Of a sample whose full scale is +-1: rounded to the nearest (ties to even) and clipped.
int16_t ToInt16(double sample);

// Takes a stream block by block; the blocks' sizes do not change the result.
//
// One channel is taken, or all are averaged; other rates are resampled
// (earshot/host/audio/resampler.h); the result, full scale being +-1, is multiplied by 32768,
// rounded to the nearest integer (ties to even) and clipped to [-32768, 32767]. No dither, no
// normalisation. So 16-bit samples of one channel at 16 kHz stay as they are, bit for bit.
class StreamConverter {
 public:
  // `channel`: from 1 on, or kAllChannels for their mean. Throws InputError (its text does not name
  // the stream): no channels, no such channel, or a rate outside
  // [kMinSampleRateHz, kMaxSampleRateHz].
  StreamConverter(int rate_hz, int channels, int channel = kAllChannels);

  // For people, e.g. "48000 Hz, channel 1 of 2, resampled to 16000 Hz".
  std::string Text() const;

  // Takes whole frames, their channels interleaved, full scale being +-1, and appends what is ready
  // to `output`; when resampling, that lags behind by some ms. Samples that are no finite numbers
  // are silence.
  void Convert(Span<const double> interleaved, std::vector<int16_t>* output);
  // The same with 16-bit samples, full scale being 32768: those of one channel at 16 kHz are
  // copied.
  void Convert(Span<const int16_t> interleaved, std::vector<int16_t>* output);

  // No more input: appends the rest. Once.
  void Finish(std::vector<int16_t>* output);

  // Adds what was found in the samples so far: numbers that are none, and much that is lost in the
  // mean of all channels.
  void AddFlaws(SoundFlaws* flaws) const { mixer_.AddFlaws(rate_hz_, flaws); }

  // How many samples at 16 kHz so many frames are as long as, rounded to the nearest.
  int64_t SamplesFor(int64_t frames) const;

 private:
  void ConvertMono(std::vector<int16_t>* output);

  int rate_hz_;
  ChannelMixer mixer_;
  std::unique_ptr<Resampler> resampler_;  // Null: the rate is right.
  std::vector<double> interleaved_;       // Buffers of Convert().
  std::vector<double> mono_;
  std::vector<double> resampled_;
};

}  // namespace earshot::host
