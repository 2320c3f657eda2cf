// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureBuffer: the piece of spectrogram that a model looks at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

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

  // The same with another quantization: int8_t quantize(uint16_t feature).
  template <typename Quantize>
  bool PushAs(Span<const uint16_t> frame, const Quantize& quantize) {
    if (frames_missing_ == 0) {  // Makes room for all frames until the next inference.
      const size_t dropped = static_cast<size_t>(frames_per_inference_) * frame.size();
      std::memmove(features_.data(), features_.data() + dropped, features_.size() - dropped);
      frames_missing_ = frames_per_inference_;
    }
    int8_t* const place =
        features_.data() + features_.size() - static_cast<size_t>(frames_missing_) * frame.size();
    for (size_t i = 0; i < frame.size(); ++i) place[i] = quantize(frame[i]);
    return --frames_missing_ == 0;
  }

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
