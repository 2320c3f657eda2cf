// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/avx2/stages.h"

namespace earshot::avx2 {
namespace {

constexpr size_t kLanes = 4;

// Below 2^52 a double's square root, cut off, is the integer's: the nearest root that is not whole
// is 1/2s below s, s being below 2^26, and doubles there are 2^-27 apart.
constexpr int kLargestBits = 52;

EARSHOT_AVX2_INLINE bool AllFit(__m256i values) {
  const __m256i top = _mm256_srli_epi64(values, kLargestBits);
  return _mm256_testz_si256(top, top) != 0;
}

// Rounded to the nearest integer, but not past 0xFFFF: as there, SquareRoot().
EARSHOT_AVX2_INLINE __m256i Roots(__m256i values) {
  // A number below 2^52 in the fraction of 2^52 is 2^52 more.
  const __m256d offset = _mm256_set1_pd(0x1p52);
  const __m256d numbers = _mm256_sub_pd(
      _mm256_castsi256_pd(_mm256_or_si256(values, _mm256_castpd_si256(offset))), offset);
  const __m256i root = _mm256_cvtepu32_epi64(_mm256_cvttpd_epi32(_mm256_sqrt_pd(numbers)));
  const __m256i rest = _mm256_sub_epi64(values, _mm256_mul_epu32(root, root));
  const __m256i is_largest = _mm256_cmpeq_epi64(root, _mm256_set1_epi64x(0xFFFF));
  const __m256i rounds_up = _mm256_andnot_si256(is_largest, _mm256_cmpgt_epi64(rest, root));
  return _mm256_sub_epi64(root, rounds_up);
}

}  // namespace

EARSHOT_AVX2 void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots) {
  const __m256i evens = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  const __m128i count = _mm_cvtsi32_si128(shift);
  size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) {
    const __m256i four = Load(&values[i]);
    if (!AllFit(four)) {
      portable::SquareRoots(values.subspan(i, kLanes), shift, roots.subspan(i, kLanes));
      continue;
    }
    const __m256i shifted = _mm256_srl_epi64(Roots(four), count);
    StoreHalf(&roots[i], _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(shifted, evens)));
  }
  portable::SquareRoots(values.subspan(i), shift, roots.subspan(i));
}

}  // namespace earshot::avx2
