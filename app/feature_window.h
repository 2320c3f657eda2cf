// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureWindow: the piece of spectrogram that a model looks at.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/span.h"

namespace earshot {

// The last `frames` feature frames as int8[frames][channels], in a ring in the caller's memory.
// What has not been heard yet reads as -128, the feature of silence.
class FeatureWindow {
 public:
  // Unusable: to be assigned to.
  FeatureWindow() = default;

  // The memory for a window, in bytes. Preconditions: both numbers are at least 1.
  static size_t RequiredBytes(int frames, int channels) {
    return static_cast<size_t>(frames) * static_cast<size_t>(channels);
  }

  // `memory` holds RequiredBytes(frames, channels) and stays with the caller, who keeps it while
  // the window is used.
  FeatureWindow(int frames, int channels, Span<uint8_t> memory);

  // Drops the oldest frame and appends this one, quantized (frontend/feature_quantization.h).
  // Precondition: one feature per channel.
  void Push(Span<const uint16_t> features);

  // Writes int8[frames][channels], the oldest frame first. Precondition: `features` has room for
  // frames() * channels().
  void CopyTo(Span<int8_t> features) const;

  // As freshly created.
  void Reset();

  int frames() const { return frames_; }
  int channels() const { return channels_; }

 private:
  Span<int8_t> ring_;
  int frames_ = 0;
  int channels_ = 0;
  size_t oldest_ = 0;  // Where in the ring the oldest frame begins.
};

}  // namespace earshot
