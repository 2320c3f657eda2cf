// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/window.h"

#include "earshot/frontend/portable/stages.h"

namespace earshot::portable {
namespace {

constexpr size_t kBlock = 4;

// A windowed sample is stored; its magnitude is returned.
inline uint32_t StoreProduct(const int16_t* sample, const int16_t* coefficient, int16_t* windowed) {
  const int32_t value = (*sample * *coefficient) >> kWindowBits;
  *windowed = static_cast<int16_t>(value);
  return static_cast<uint32_t>(value < 0 ? -value : value);
}

}  // namespace

// Of the magnitudes only the highest bit of all matters, so they are or-ed.
int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed) {
  const int16_t* sample = samples.data();
  const int16_t* coefficient = coefficients.data();
  int16_t* to = windowed.data();
  const int16_t* const end = sample + samples.size();
  const int16_t* const end_of_blocks = sample + samples.size() / kBlock * kBlock;
  uint32_t bits = 0;
  for (; sample != end_of_blocks; sample += kBlock, coefficient += kBlock, to += kBlock) {
    bits |= StoreProduct(sample, coefficient, to);
    bits |= StoreProduct(sample + 1, coefficient + 1, to + 1);
    bits |= StoreProduct(sample + 2, coefficient + 2, to + 2);
    bits |= StoreProduct(sample + 3, coefficient + 3, to + 3);
  }
  for (; sample != end; ++sample, ++coefficient, ++to) {
    bits |= StoreProduct(sample, coefficient, to);
  }
  for (; to != windowed.end(); ++to) *to = 0;
  return InputShift(bits);
}

}  // namespace earshot::portable
