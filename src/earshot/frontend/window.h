// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Windowing: cuts the stream into overlapping frames, weights them, and scales them for the FFT.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/bits.h"

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

// Binary digits behind the point of the coefficients.
constexpr int kWindowBits = 12;
constexpr int kMagnitudeBits = 15;  // Of an int16, without its sign.

// windowed[i] = samples[i] * coefficients[i], coefficients in Q12 (a Hann window): PCM units,
// rounded down. What `windowed` has more than the other two becomes 0. Returns the left shift that
// brings the largest magnitude in `windowed` to the top of int16, -32768 being counted as nothing:
// its magnitude does not fit int16, where the original computes it.
int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed);

// That shift: 0..15, 15 for silence. `magnitudes`: one, or several or-ed, of which the highest bit
// counts; 2^15 and above are left out.
inline int InputShift(uint32_t magnitudes) {
  return kMagnitudeBits - MostSignificantBit(magnitudes & ((1u << kMagnitudeBits) - 1));
}

}  // namespace earshot
