// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/window.h"

#include "earshot/frontend/armv7e_m/pairs.h"
#include "earshot/frontend/armv7e_m/stages.h"

namespace earshot::armv7e_m {
namespace {

// Two windowed samples are stored; their magnitudes are returned, one in each half.
inline int32_t StoreProducts(const int16_t* sample, const int16_t* coefficient, int16_t* windowed) {
  const int32_t samples = LoadPair(sample);
  const int32_t coefficients = LoadPair(coefficient);
  // SMULBB and SMULTT.
  const int32_t low = static_cast<int16_t>(samples) * static_cast<int16_t>(coefficients);
  const int32_t high = (samples >> 16) * (coefficients >> 16);
  const int32_t values = PackTop<kWindowBits>(high * (1 << (16 - kWindowBits)), low);
  StorePair(windowed, values);
  return Magnitudes(values);
}

}  // namespace

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed) {
  const int16_t* sample = samples.data();
  const int16_t* coefficient = coefficients.data();
  int16_t* to = windowed.data();
  const int16_t* const end_of_pairs = sample + samples.size() / 2 * 2;
  int32_t pairs = 0;
  for (; sample != end_of_pairs; sample += 2, coefficient += 2, to += 2) {
    pairs |= StoreProducts(sample, coefficient, to);
  }
  auto bits = static_cast<uint32_t>(pairs | pairs >> 16);
  if (sample != samples.end()) {
    const int32_t value = (*sample * *coefficient) >> kWindowBits;
    *to++ = static_cast<int16_t>(value);
    bits |= static_cast<uint32_t>(value < 0 ? -value : value);
  }
  while (to != windowed.end()) *to++ = 0;
  return InputShift(bits);
}

}  // namespace earshot::armv7e_m
