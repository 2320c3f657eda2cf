// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx512vnni/raise.h"

#include <immintrin.h>

namespace earshot::avx512vnni {

EARSHOT_AVX512_VNNI void Raise(const int8_t* values, int32_t count, uint8_t* raised) {
  constexpr int32_t kStep = 64;
  const __m512i sign = _mm512_set1_epi8(static_cast<char>(kSignBit));
  int32_t i = 0;
  for (; i + kStep <= count; i += kStep) {
    _mm512_storeu_si512(raised + i, _mm512_xor_si512(_mm512_loadu_si512(values + i), sign));
  }
  if (i == count) return;
  const __mmask64 rest = (uint64_t{1} << (count - i)) - 1;
  const __m512i last = _mm512_maskz_loadu_epi8(rest, values + i);
  _mm512_mask_storeu_epi8(raised + i, rest, _mm512_xor_si512(last, sign));
}

}  // namespace earshot::avx512vnni
