// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The steps of portable/radix4.h, with eight complex numbers in a vector.

#include "earshot/frontend/fft.h"

#include "earshot/frontend/avx2/stages.h"
#include "earshot/frontend/portable/radix4.h"

namespace earshot::avx2 {
namespace {

constexpr size_t kLanes = 8;
constexpr size_t kFewestPoints = 64;

// Twiddles as vpmaddwd needs them: (re, -im) gives the real part of a product, (im, re) the other.
struct Twiddles {
  __m256i for_re;
  __m256i for_im;
};

EARSHOT_AVX2_INLINE __m256i ConjugateSigns() { return _mm256_set1_epi32(-0xFFFF); }  // (1, -1).

EARSHOT_AVX2_INLINE __m256i Swapped(__m256i x) {
  return _mm256_shufflehi_epi16(_mm256_shufflelo_epi16(x, _MM_SHUFFLE(2, 3, 0, 1)),
                                _MM_SHUFFLE(2, 3, 0, 1));
}

EARSHOT_AVX2_INLINE Twiddles ReadTwiddles(__m256i w) {
  return {_mm256_sign_epi16(w, ConjugateSigns()), Swapped(w)};
}

// kissfft's C_MUL.
EARSHOT_AVX2_INLINE __m256i Multiply(__m256i x, const Twiddles& w) {
  const __m256i rounding = _mm256_set1_epi32(1 << 14);
  const __m256i re = _mm256_add_epi32(_mm256_madd_epi16(x, w.for_re), rounding);
  const __m256i im = _mm256_add_epi32(_mm256_madd_epi16(x, w.for_im), rounding);
  // Bits 15 to 30 of each, the real part's in the lower half.
  return _mm256_blend_epi16(_mm256_srli_epi32(re, 15), _mm256_slli_epi32(im, 1), 0xAA);
}

// kissfft's C_FIXDIV, by 4 and by 2.
EARSHOT_AVX2_INLINE __m256i Quarter(__m256i x) {
  return _mm256_mulhrs_epi16(x, _mm256_set1_epi16(8191));
}
EARSHOT_AVX2_INLINE __m256i Half(__m256i x) {
  return _mm256_mulhrs_epi16(x, _mm256_set1_epi16(16383));
}

struct Four {
  __m256i x0;
  __m256i x1;
  __m256i x2;
  __m256i x3;
};

EARSHOT_AVX2_INLINE Four Butterfly(const Four& x) {
  const __m256i sum02 = _mm256_add_epi16(x.x0, x.x2);
  const __m256i difference02 = _mm256_sub_epi16(x.x0, x.x2);
  const __m256i sum13 = _mm256_add_epi16(x.x1, x.x3);
  // Times -j: (im, -re).
  const __m256i turned = _mm256_sign_epi16(Swapped(_mm256_sub_epi16(x.x1, x.x3)), ConjugateSigns());
  return {_mm256_add_epi16(sum02, sum13), _mm256_add_epi16(difference02, turned),
          _mm256_sub_epi16(sum02, sum13), _mm256_sub_epi16(difference02, turned)};
}

// Four numbers at one place and four at another.
EARSHOT_AVX2_INLINE __m256i LoadTwo(const EarshotComplex16* low, const EarshotComplex16* high) {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(LoadHalf(low)), LoadHalf(high), 1);
}

EARSHOT_AVX2_INLINE void StoreTwo(EarshotComplex16* low, EarshotComplex16* high, __m256i value) {
  StoreHalf(low, _mm256_castsi256_si128(value));
  StoreHalf(high, _mm256_extracti128_si256(value, 1));
}

// The first stage, eight neighbouring butterflies at once: each vector's numbers are turned into
// rows of four, and a row is one butterfly's result.
EARSHOT_AVX2 void FirstStage(const int16_t* samples, size_t points, int shift,
                             EarshotComplex16* data) {
  const size_t quarter = points / 4;
  const __m128i count = _mm_cvtsi32_si128(shift);
  // What one butterfly further is in the result: these are the digits of a place in base 4, turned
  // round, of which the last one here is the first there.
  const size_t next = points / 4;
  portable::ReversedCounter fours(points / 16);
  for (size_t from = 0; from < quarter; from += kLanes) {
    const int16_t* const pair = samples + 2 * from;
    const Four x = Butterfly({Quarter(_mm256_sll_epi16(Load(pair), count)),
                              Quarter(_mm256_sll_epi16(Load(pair + 2 * quarter), count)),
                              Quarter(_mm256_sll_epi16(Load(pair + 4 * quarter), count)),
                              Quarter(_mm256_sll_epi16(Load(pair + 6 * quarter), count))});
    const __m256i low01 = _mm256_unpacklo_epi32(x.x0, x.x1);
    const __m256i high01 = _mm256_unpackhi_epi32(x.x0, x.x1);
    const __m256i low23 = _mm256_unpacklo_epi32(x.x2, x.x3);
    const __m256i high23 = _mm256_unpackhi_epi32(x.x2, x.x3);
    EarshotComplex16* const low = data + 4 * fours.value();
    fours.Next();
    EarshotComplex16* const high = data + 4 * fours.value();
    fours.Next();
    StoreTwo(low, high, _mm256_unpacklo_epi64(low01, low23));
    StoreTwo(low + next, high + next, _mm256_unpackhi_epi64(low01, low23));
    StoreTwo(low + 2 * next, high + 2 * next, _mm256_unpacklo_epi64(high01, high23));
    StoreTwo(low + 3 * next, high + 3 * next, _mm256_unpackhi_epi64(high01, high23));
  }
}

// The stage of m = 4: two groups of 16 numbers at once.
EARSHOT_AVX2 void SecondStage(const EarshotComplex16* twiddles, size_t points,
                              EarshotComplex16* data) {
  const Twiddles w1 = ReadTwiddles(LoadTwo(twiddles, twiddles));
  const Twiddles w2 = ReadTwiddles(LoadTwo(twiddles + 4, twiddles + 4));
  const Twiddles w3 = ReadTwiddles(LoadTwo(twiddles + 8, twiddles + 8));
  for (EarshotComplex16* low = data; low < data + points; low += 32) {
    EarshotComplex16* const high = low + 16;
    const Four x =
        Butterfly({Quarter(LoadTwo(low, high)), Multiply(Quarter(LoadTwo(low + 4, high + 4)), w1),
                   Multiply(Quarter(LoadTwo(low + 8, high + 8)), w2),
                   Multiply(Quarter(LoadTwo(low + 12, high + 12)), w3)});
    StoreTwo(low, high, x.x0);
    StoreTwo(low + 4, high + 4, x.x1);
    StoreTwo(low + 8, high + 8, x.x2);
    StoreTwo(low + 12, high + 12, x.x3);
  }
}

EARSHOT_AVX2 void Stage(const EarshotComplex16* twiddles, size_t m, size_t points,
                        EarshotComplex16* data) {
  for (size_t k = 0; k < m; k += kLanes) {
    const Twiddles w1 = ReadTwiddles(Load(twiddles + k));
    const Twiddles w2 = ReadTwiddles(Load(twiddles + m + k));
    const Twiddles w3 = ReadTwiddles(Load(twiddles + 2 * m + k));
    for (EarshotComplex16* at = data + k; at < data + points; at += 4 * m) {
      const Four x = Butterfly({Quarter(Load(at)), Multiply(Quarter(Load(at + m)), w1),
                                Multiply(Quarter(Load(at + 2 * m)), w2),
                                Multiply(Quarter(Load(at + 3 * m)), w3)});
      Store(at, x.x0);
      Store(at + m, x.x1);
      Store(at + 2 * m, x.x2);
      Store(at + 3 * m, x.x3);
    }
  }
}

// (a + b) / 2, rounded down, without a sum that runs over.
EARSHOT_AVX2_INLINE __m256i HalfOfSum(__m256i a, __m256i b) {
  return _mm256_add_epi16(_mm256_and_si256(a, b), _mm256_srai_epi16(_mm256_xor_si256(a, b), 1));
}

// (a - b) / 2, rounded down: a + ~b is a - b - 1; rounded up it is the same.
EARSHOT_AVX2_INLINE __m256i HalfOfDifference(__m256i a, __m256i b) {
  const __m256i not_b = _mm256_xor_si256(b, _mm256_set1_epi16(-1));
  return _mm256_sub_epi16(_mm256_or_si256(a, not_b),
                          _mm256_srai_epi16(_mm256_xor_si256(a, not_b), 1));
}

EARSHOT_AVX2_INLINE __m256i Reversed(__m256i x) {
  return _mm256_permutevar8x32_epi32(x, _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0));
}

// Bins of the real FFT, from both ends. The last vectors of both have the bin in the middle: the
// upper one's stays, as in kissfft.
EARSHOT_AVX2 void Untangle(const FftTables& tables, const EarshotComplex16* pairs,
                           EarshotComplex16* spectrum) {
  const auto points = static_cast<size_t>(tables.size) / 2;
  const EarshotComplex16* const twiddles = tables.super_twiddles.data();
  for (size_t k = 1; k <= points / 2; k += kLanes) {
    const size_t mirrored = points - k - (kLanes - 1);
    const __m256i a = Half(Load(pairs + k));
    const __m256i b = Half(_mm256_sign_epi16(Reversed(Load(pairs + mirrored)), ConjugateSigns()));
    const __m256i sum = _mm256_add_epi16(a, b);
    const __m256i turned = Multiply(_mm256_sub_epi16(a, b), ReadTwiddles(Load(twiddles + k - 1)));
    Store(spectrum + k, HalfOfSum(sum, turned));
    const __m256i differences =
        _mm256_blend_epi16(HalfOfDifference(sum, turned), HalfOfDifference(turned, sum), 0xAA);
    Store(spectrum + mirrored, Reversed(differences));
  }
  const auto half = [](int32_t x) { return static_cast<int16_t>((x * 16383 + (1 << 14)) >> 15); };
  const int16_t even = half(pairs[0].re);
  const int16_t odd = half(pairs[0].im);
  spectrum[0] = {static_cast<int16_t>(even + odd), 0};
  spectrum[points] = {static_cast<int16_t>(even - odd), 0};
}

}  // namespace

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  const auto points = static_cast<size_t>(tables.size) / 2;
  // Sizes with a stage of radix 2 are rare, and small ones fast enough.
  if (points < kFewestPoints || __builtin_ctzl(points) % 2 != 0) {
    portable::RealFft(tables, input_shift, samples, scratch, spectrum);
    return;
  }
  EarshotComplex16* const data = scratch.data();
  const EarshotComplex16* twiddles = tables.twiddles.data();
  FirstStage(samples.data(), points, input_shift, data);
  SecondStage(twiddles, points, data);
  twiddles += 3 * 4;
  for (size_t m = 16; m < points; m *= 4) {
    Stage(twiddles, m, points, data);
    twiddles += 3 * m;
  }
  Untangle(tables, data, spectrum.data());
}

}  // namespace earshot::avx2
