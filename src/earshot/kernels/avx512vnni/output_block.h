// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// As ../avx2/output_block.h, for sixteen output channels at a time.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "earshot/kernels/avx2/output_block.h"
#include "earshot/kernels/avx512vnni/kernels.h"

namespace earshot::avx512vnni {

constexpr int32_t kLanes = 16;  // int32 in a register.

// Of sixteen channels: two of avx2's, one after the other.
struct alignas(64) OutputBlock {
  int32_t bias[kLanes];
  int32_t multiplier[kLanes];
  int32_t shift[kLanes];
};

EARSHOT_AVX512_VNNI inline __m512i Load(const void* line) { return _mm512_loadu_si512(line); }

// avx2::Scaling and what is made with it.
struct Scaling {
  __m512i multiplier;
  __m512i odd_multiplier;
  __m512i half_even;
  __m512i half_odd;
  __m512i shift;
};

template <bool positive>
EARSHOT_AVX512_VNNI inline Scaling MakeScaling(__m512i multiplier, __m512i shift) {
  const __m512i half = _mm512_set1_epi64(int64_t{1} << 30);
  Scaling scaling = {multiplier, _mm512_srli_epi64(multiplier, 32), half, half, shift};
  if constexpr (positive) {
    const __m512i one = _mm512_set1_epi64(int64_t{1} << 31);
    const __m512i even = _mm512_and_si512(shift, _mm512_set1_epi64(UINT32_MAX));
    scaling.half_even = _mm512_add_epi64(half, _mm512_sllv_epi64(one, even));
    scaling.half_odd = _mm512_add_epi64(half, _mm512_sllv_epi64(one, _mm512_srli_epi64(shift, 32)));
  }
  return scaling;
}

template <bool positive>
EARSHOT_AVX512_VNNI inline Scaling MakeScaling(const OutputBlock& block) {
  return MakeScaling<positive>(Load(block.multiplier), Load(block.shift));
}

template <bool positive>
EARSHOT_AVX512_VNNI inline __m512i Requantize(__m512i sums, const Scaling& by) {
  constexpr __mmask16 kOdd = 0xAAAA;
  const __m512i even = _mm512_add_epi64(_mm512_mul_epi32(sums, by.multiplier), by.half_even);
  const __m512i odd = _mm512_add_epi64(
      _mm512_mul_epi32(_mm512_srli_epi64(sums, 32), by.odd_multiplier), by.half_odd);
  if constexpr (positive) {
    return _mm512_srav_epi32(_mm512_mask_blend_epi32(kOdd, _mm512_srli_epi64(even, 32), odd),
                             by.shift);
  } else {
    const __m512i scaled =
        _mm512_mask_blend_epi32(kOdd, _mm512_srli_epi64(even, 31), _mm512_slli_epi64(odd, 1));
    const __m512i less_one = _mm512_add_epi32(scaled, _mm512_srai_epi32(scaled, 31));
    const __m512i twice = _mm512_srav_epi32(less_one, by.shift);
    return _mm512_srai_epi32(_mm512_add_epi32(twice, _mm512_set1_epi32(1)), 1);
  }
}

// Steps of the output's scale, counted from its zero point, as stored values.
EARSHOT_AVX512_VNNI inline __m128i Stored(__m512i steps, const avx2::OutputLimits& limits) {
  const __m512i values = _mm512_add_epi32(steps, _mm512_set1_epi32(limits.zero_point));
  const __m512i raised = _mm512_max_epi32(values, _mm512_set1_epi32(limits.lowest));
  return _mm512_cvtepi32_epi8(_mm512_min_epi32(raised, _mm512_set1_epi32(limits.highest)));
}

// The first `count` bytes, up to 16.
EARSHOT_AVX512_VNNI inline void StoreSome(__m128i bytes, int32_t count, int8_t* output) {
  const auto mask = static_cast<__mmask16>(count >= kLanes ? 0xFFFF : (1 << count) - 1);
  _mm_mask_storeu_epi8(output, mask, bytes);
}

}  // namespace earshot::avx512vnni
