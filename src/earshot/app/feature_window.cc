// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/feature_window.h"

#include <cstring>

#include "earshot/frontend/feature_quantization.h"

namespace earshot {
namespace {

constexpr int8_t kSilentFeature = QuantizeFeature(0);
static_assert(kSilentFeature == -128);

}  // namespace

FeatureWindow::FeatureWindow(Span<int8_t> features, int channels)
    : features_(features), channels_(channels) {
  Reset();
}

void FeatureWindow::Push(Span<const uint16_t> features) {
  const size_t kept = features_.size() - features.size();
  std::memmove(features_.data(), features_.data() + features.size(), kept);
  for (size_t i = 0; i < features.size(); ++i) features_[kept + i] = QuantizeFeature(features[i]);
}

void FeatureWindow::Reset() {
  for (int8_t& feature : features_) feature = kSilentFeature;
}

}  // namespace earshot
