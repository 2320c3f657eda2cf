// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Stages for x86 processors with AVX2, on hosts.
//
// Only functions marked with EARSHOT_AVX2 may contain such instructions, as in
// earshot/kernels/avx2/kernels.h.
#pragma once

#include <immintrin.h>

#include "earshot/frontend/portable/stages.h"

#define EARSHOT_AVX2 [[gnu::target("avx2")]]
// For small functions that are a part of others.
#define EARSHOT_AVX2_INLINE [[gnu::target("avx2"), gnu::always_inline]] inline

namespace earshot::avx2 {

using portable::ApplyFilterbank;

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed);

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy);

void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots);

// Vectors of 32 and 16 bytes in memory, wherever they begin.
template <typename T>
EARSHOT_AVX2_INLINE __m256i Load(const T* from) {
  const void* const bytes = from;
  return _mm256_loadu_si256(static_cast<const __m256i*>(bytes));
}

template <typename T>
EARSHOT_AVX2_INLINE void Store(T* to, __m256i value) {
  void* const bytes = to;
  _mm256_storeu_si256(static_cast<__m256i*>(bytes), value);
}

template <typename T>
EARSHOT_AVX2_INLINE __m128i LoadHalf(const T* from) {
  const void* const bytes = from;
  return _mm_loadu_si128(static_cast<const __m128i*>(bytes));
}

template <typename T>
EARSHOT_AVX2_INLINE void StoreHalf(T* to, __m128i value) {
  void* const bytes = to;
  _mm_storeu_si128(static_cast<__m128i*>(bytes), value);
}

}  // namespace earshot::avx2
