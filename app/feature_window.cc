// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/feature_window.h"

#include "frontend/feature_quantization.h"

namespace earshot {
namespace {

constexpr int8_t kSilentFeature = QuantizeFeature(0);
static_assert(kSilentFeature == -128);

}  // namespace

FeatureWindow::FeatureWindow(int frames, int channels, Span<uint8_t> memory)
    : frames_(frames), channels_(channels) {
  void* const begin = memory.data();
  ring_ = Span<int8_t>(static_cast<int8_t*>(begin), RequiredBytes(frames, channels));
  Reset();
}

void FeatureWindow::Push(Span<const uint16_t> features) {
  // The place of the oldest frame becomes that of the newest.
  for (size_t i = 0; i < features.size(); ++i) ring_[oldest_ + i] = QuantizeFeature(features[i]);
  oldest_ += features.size();
  if (oldest_ == ring_.size()) oldest_ = 0;
}

void FeatureWindow::CopyTo(Span<int8_t> features) const {
  size_t next = 0;
  for (const int8_t feature : ring_.subspan(oldest_)) features[next++] = feature;
  for (const int8_t feature : ring_.subspan(0, oldest_)) features[next++] = feature;
}

void FeatureWindow::Reset() {
  for (int8_t& feature : ring_) feature = kSilentFeature;
  oldest_ = 0;
}

}  // namespace earshot
