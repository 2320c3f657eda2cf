// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureWindow: the piece of spectrogram that a model looks at.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// The last frames of features as int8[frames][channels], the oldest first, in the caller's memory:
// the model's input tensor, where they need not be copied to. What has not been heard yet reads as
// -128, the feature of silence.
class FeatureWindow {
 public:
  // Unusable: to be assigned to.
  FeatureWindow() = default;

  // `features` is a whole number of frames of `channels` each. It stays with the caller, who keeps
  // it, contents included, while the window is used.
  FeatureWindow(Span<int8_t> features, int channels);

  // Drops the oldest frame and appends this one, quantized
  // (earshot/frontend/feature_quantization.h). Moves all others by one place. Precondition: one
  // feature per channel.
  void Push(Span<const uint16_t> features);

  // As freshly created.
  void Reset();

  int frames() const { return static_cast<int>(features_.size()) / channels_; }
  int channels() const { return channels_; }

 private:
  Span<int8_t> features_;
  int channels_ = 0;
};

}  // namespace earshot
