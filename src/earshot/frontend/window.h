// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Windowing: cuts the stream into overlapping frames, weights them, and scales them for the FFT.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// Collects samples until a window is full. Chunks may be of any size; what comes out depends on the
// sequence of samples only. No padding at the start, nothing is flushed at the end.
class Framer {
 public:
  Framer() = default;
  // `pending` holds one window of samples and stays with the caller. 1 <= stride <= pending.size().
  Framer(Span<int16_t> pending, int32_t stride) : pending_(pending), stride_(stride) {}

  // Takes samples up to what completes a window; returns how many.
  size_t Take(Span<const int16_t> samples);
  // Whether frame() is a whole window.
  bool full() const { return used_ == pending_.size(); }
  Span<const int16_t> frame() const { return pending_; }
  int32_t stride() const { return stride_; }
  // Drops the oldest `stride` samples. Precondition: full().
  void Advance();
  void Reset() { used_ = 0; }

 private:
  Span<int16_t> pending_;
  size_t used_ = 0;
  int32_t stride_ = 0;
};

// windowed[i] = samples[i] * coefficients[i], coefficients in Q12 (a Hann window): PCM units,
// rounded down. All three have the same size. Returns the largest magnitude in `windowed`, with
// -32768 counted as nothing: its magnitude does not fit int16, where the original computes it.
int32_t ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                    Span<int16_t> windowed);

// The left shift that brings `magnitude` to the top of int16: 0..15, 15 for silence.
int InputShift(int32_t magnitude);

}  // namespace earshot
