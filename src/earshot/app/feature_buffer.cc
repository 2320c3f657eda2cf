// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/feature_buffer.h"

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
  return PushAs(frame, [](uint16_t feature) { return QuantizeFeature(feature); });
}

void FeatureBuffer::Reset() {
  for (int8_t& feature : features_) feature = kSilentFeature;
  frames_missing_ = 0;
}

}  // namespace earshot
