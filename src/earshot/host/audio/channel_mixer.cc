// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/channel_mixer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

// Below this, of full scale squared, is silence: far below one step of 16 bits.
constexpr double kSilence = 1e-14;

}  // namespace

ChannelMixer::ChannelMixer(int channels, int channel) : channels_(channels), channel_(channel) {
  if (channels < 1) throw InputError("no channels");
  if (channel < 0 || channel > channels) {
    throw InputError(fmt::format("channel: found {}, wanted 1 to {}", channel, channels));
  }
  levels_.resize(static_cast<size_t>(channels));
}

void ChannelMixer::Mix(Span<const double> interleaved, std::vector<double>* mono) {
  const auto stride = static_cast<size_t>(channels_);
  frame_.resize(stride);
  mono->resize(interleaved.size() / stride);
  for (size_t frame = 0; frame < mono->size(); ++frame) {
    for (size_t i = 0; i < stride; ++i) {
      frame_[i] = interleaved[frame * stride + i];
      if (!std::isfinite(frame_[i])) {
        frame_[i] = 0;
        const bool is_heard = channel_ == kAllChannels || i + 1 == static_cast<size_t>(channel_);
        if (is_heard && bad_samples_++ == 0) first_bad_ = frames_ + static_cast<int64_t>(frame);
      }
      if (channels_ > 1) levels_[i].Add(frame_[i]);
    }
    (*mono)[frame] = channel_ != kAllChannels
                         ? frame_[static_cast<size_t>(channel_ - 1)]
                         : std::accumulate(frame_.begin(), frame_.end(), 0.0) / channels_;
    mean_.Add((*mono)[frame]);
  }
  frames_ += static_cast<int64_t>(mono->size());
}

double ChannelMixer::Power(const Level& level) const {
  if (frames_ == 0) return 0;
  const auto count = static_cast<double>(frames_);
  const double power = level.squares / count - level.sum / count * (level.sum / count);
  return power > kSilence ? power : 0;
}

double ChannelMixer::LossDb() const {
  if (channels_ == 1 || channel_ != kAllChannels) return 0;
  const double loudest = Power(levels_[static_cast<size_t>(Loudest() - 1)]);
  const double mean = Power(mean_);
  if (loudest == 0) return 0;
  return mean == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(loudest / mean);
}

std::string ChannelMixer::LossText() const {
  const double loss = LossDb();
  if (loss <= kMuchLossDb) return "";
  const std::string what = std::isinf(loss)
                               ? fmt::format("silence, channel {} is not", Loudest())
                               : fmt::format("{:.0f} dB softer than channel {}", loss, Loudest());
  return fmt::format("the mean of {} channels is {}; --channel {} hears that one alone", channels_,
                     what, Loudest());
}

void ChannelMixer::AddFlaws(int sample_rate_hz, SoundFlaws* flaws) const {
  AddSentence(LossText(), &flaws->note);
  if (bad_samples_ == 0) return;
  const std::string what = bad_samples_ == 1
                               ? "1 sample is not a finite number"
                               : fmt::format("{} samples are not finite numbers", bad_samples_);
  AddSentence(fmt::format("{}, the first at {:.3f} s; heard as silence", what,
                          static_cast<double>(first_bad_) / sample_rate_hz),
              &flaws->error);
}

int ChannelMixer::Loudest() const {
  const auto loudest =
      std::max_element(levels_.begin(), levels_.end(),
                       [this](const Level& a, const Level& b) { return Power(a) < Power(b); });
  return static_cast<int>(loudest - levels_.begin()) + 1;
}

}  // namespace earshot::host
