// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureBuffer: the piece of spectrogram that a model looks at.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// The latest frames of features as int8[frames][channels], the oldest first, in the caller's
// memory: the model's input tensor, where they need not be copied to. What has not been heard yet
// reads as -128, the feature of silence.
//
// Older frames are moved towards the beginning once per inference, not once per frame.
class FeatureBuffer {
 public:
  // Unusable: to be assigned to.
  FeatureBuffer() = default;

  // `features` is a whole number of frames of `channels` each. It stays with the caller, who keeps
  // it, contents included, while the buffer is used. `frames_per_inference`: 1 to that number.
  FeatureBuffer(Span<int8_t> features, int channels, int frames_per_inference);

  // Appends a frame, quantized (earshot/frontend/feature_quantization.h), instead of the oldest.
  // Returns whether an inference is due: with every frames_per_inference-th frame. Then, and until
  // the next call, the buffer holds the latest frames; at other times its end waits for those that
  // are still to come. Precondition: one feature per channel.
  bool Push(Span<const uint16_t> frame);

  // As freshly created.
  void Reset();

  int channels() const { return channels_; }

 private:
  Span<int8_t> features_;
  int channels_ = 0;
  int frames_per_inference_ = 0;
  int frames_missing_ = 0;  // Until the next inference; 0: that of the latest frame.
};

}  // namespace earshot
