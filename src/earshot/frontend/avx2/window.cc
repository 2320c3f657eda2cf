// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/window.h"

#include "earshot/frontend/avx2/stages.h"

namespace earshot::avx2 {
namespace {

constexpr size_t kLanes = 16;

// (sample * coefficient) >> 12 of 16 samples, from both halves of their products.
EARSHOT_AVX2_INLINE __m256i Products(__m256i samples, __m256i coefficients) {
  const __m256i high = _mm256_mulhi_epi16(samples, coefficients);
  const __m256i low = _mm256_mullo_epi16(samples, coefficients);
  return _mm256_or_si256(_mm256_slli_epi16(high, 16 - kWindowBits),
                         _mm256_srli_epi16(low, kWindowBits));
}

// The bits of all lanes or-ed.
EARSHOT_AVX2_INLINE uint32_t BitsOf(__m256i lanes) {
  __m128i bits = _mm_or_si128(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  bits = _mm_or_si128(bits, _mm_srli_si128(bits, 8));
  bits = _mm_or_si128(bits, _mm_srli_si128(bits, 4));
  const auto pair = static_cast<uint32_t>(_mm_cvtsi128_si32(bits));
  return pair | pair >> 16;
}

}  // namespace

EARSHOT_AVX2 int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                             Span<int16_t> windowed) {
  const size_t whole = samples.size() / kLanes * kLanes;
  __m256i magnitudes = _mm256_setzero_si256();
  for (size_t i = 0; i < whole; i += kLanes) {
    const __m256i values = Products(Load(&samples[i]), Load(&coefficients[i]));
    magnitudes = _mm256_or_si256(magnitudes, _mm256_abs_epi16(values));
    Store(&windowed[i], values);
  }
  uint32_t bits = BitsOf(magnitudes);
  for (size_t i = whole; i < samples.size(); ++i) {
    const int32_t value = (samples[i] * coefficients[i]) >> kWindowBits;
    windowed[i] = static_cast<int16_t>(value);
    bits |= static_cast<uint32_t>(value < 0 ? -value : value);
  }
  for (size_t i = samples.size(); i < windowed.size(); ++i) windowed[i] = 0;
  return InputShift(bits);
}

}  // namespace earshot::avx2
