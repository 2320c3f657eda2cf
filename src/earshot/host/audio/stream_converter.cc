// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/stream_converter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

void AppendRounded(const std::vector<double>& samples, std::vector<int16_t>* output) {
  std::transform(samples.begin(), samples.end(), std::back_inserter(*output), ToInt16);
}

}  // namespace

int16_t ToInt16(double sample) {
  return static_cast<int16_t>(std::lrint(std::clamp(sample * 32768.0, -32768.0, 32767.0)));
}

StreamConverter::StreamConverter(int rate_hz, int channels, int channel)
    : rate_hz_(rate_hz), mixer_(channels, channel) {
  if (rate_hz < kMinSampleRateHz || rate_hz > kMaxSampleRateHz) {
    throw InputError(fmt::format("sample rate: found {} Hz, wanted {} to {} Hz", rate_hz,
                                 kMinSampleRateHz, kMaxSampleRateHz));
  }
  if (rate_hz != kSampleRateHz) resampler_ = std::make_unique<Resampler>(rate_hz, kSampleRateHz);
}

std::string StreamConverter::Text() const {
  std::string text = fmt::format("{} Hz", rate_hz_);
  if (mixer_.channels() > 1 && mixer_.channel() == kAllChannels) {
    text += fmt::format(", mean of {} channels", mixer_.channels());
  } else if (mixer_.channels() > 1) {
    text += fmt::format(", channel {} of {}", mixer_.channel(), mixer_.channels());
  }
  if (resampler_ != nullptr) text += fmt::format(", resampled to {} Hz", kSampleRateHz);
  return text;
}

void StreamConverter::Convert(Span<const double> interleaved, std::vector<int16_t>* output) {
  mixer_.Mix(interleaved, &mono_);
  ConvertMono(output);
}

void StreamConverter::Convert(Span<const int16_t> interleaved, std::vector<int16_t>* output) {
  if (resampler_ == nullptr && mixer_.channels() == 1) {
    output->insert(output->end(), interleaved.begin(), interleaved.end());
    return mixer_.Pass(interleaved.size());
  }
  interleaved_.resize(interleaved.size());
  std::transform(interleaved.begin(), interleaved.end(), interleaved_.begin(),
                 [](int16_t sample) { return sample / 32768.0; });
  Convert(Span<const double>(interleaved_), output);
}

void StreamConverter::ConvertMono(std::vector<int16_t>* output) {
  if (resampler_ == nullptr) return AppendRounded(mono_, output);
  resampled_.clear();
  resampler_->Process(mono_, &resampled_);
  AppendRounded(resampled_, output);
}

void StreamConverter::Finish(std::vector<int16_t>* output) {
  if (resampler_ == nullptr) return;
  resampled_.clear();
  resampler_->Finish(&resampled_);
  AppendRounded(resampled_, output);
}

int64_t StreamConverter::SamplesFor(int64_t frames) const {
  return (frames * kSampleRateHz + rate_hz_ / 2) / rate_hz_;
}

}  // namespace earshot::host
