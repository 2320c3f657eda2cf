// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/feature_buffer.h"

#include <cstring>

#include "earshot/frontend/feature_quantization.h"

namespace earshot {
namespace {

constexpr int8_t kSilentFeature = QuantizeFeature(0);
static_assert(kSilentFeature == -128);

}  // namespace

FeatureBuffer::FeatureBuffer(Span<int8_t> features, int channels, int frames_per_inference)
    : features_(features), channels_(channels), frames_per_inference_(frames_per_inference) {
  Reset();
}

bool FeatureBuffer::Push(Span<const uint16_t> frame) {
  if (frames_missing_ == 0) {  // Makes room for all frames until the next inference.
    const size_t dropped = static_cast<size_t>(frames_per_inference_) * frame.size();
    std::memmove(features_.data(), features_.data() + dropped, features_.size() - dropped);
    frames_missing_ = frames_per_inference_;
  }
  int8_t* const place =
      features_.data() + features_.size() - static_cast<size_t>(frames_missing_) * frame.size();
  for (size_t i = 0; i < frame.size(); ++i) place[i] = QuantizeFeature(frame[i]);
  return --frames_missing_ == 0;
}

void FeatureBuffer::Reset() {
  for (int8_t& feature : features_) feature = kSilentFeature;
  frames_missing_ = 0;
}

}  // namespace earshot
