// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The steps of portable/radix4.h, with four complex numbers in a vector.

#include "earshot/frontend/fft.h"

#include <arm_mve.h>

#include "earshot/frontend/helium/stages.h"
#include "earshot/frontend/portable/radix4.h"

namespace earshot::helium {
namespace {

constexpr size_t kFewestPoints = 16;

// VQRDMULH rounds as kissfft's C_FIXDIV does. VQRDMLSDH and VQRDMLADHX together are its C_MUL, but
// that they saturate: see Saturated.
struct Vectors {
  static constexpr size_t kLanes = 4;
  using Value = int16x8_t;
  using Twiddles = int16x8_t;

  static Value Load(const EarshotComplex16* from) { return vldrhq_s16(&from->re); }
  static void Store(EarshotComplex16* to, Value x) { vstrhq_s16(&to->re, x); }
  static Twiddles ReadTwiddles(const EarshotComplex16* from) { return Load(from); }

  static Value Quarter(Value x) { return vqrdmulhq_n_s16(x, 8191); }
  static Value Half(Value x) { return vqrdmulhq_n_s16(x, 16383); }
  static Value Add(Value a, Value b) { return vaddq_s16(a, b); }
  static Value Subtract(Value a, Value b) { return vsubq_s16(a, b); }
  static Value SubtractTurned(Value a, Value b) { return vcaddq_rot270_s16(a, b); }
  static Value AddTurned(Value a, Value b) { return vcaddq_rot90_s16(a, b); }
  static Value Multiply(Value a, Twiddles w) {
    return vqrdmladhxq_s16(vqrdmlsdhq_s16(a, a, w), a, w);
  }
};

// The processor's note that something saturated since it was cleared: where kissfft wraps. It can
// only be in Untangle(): in the stages before it, factors are below a quarter of full scale. There,
// too, samples have hardly the energy for it; but roundings leave no proof, so it is looked at.
class Saturated {
 public:
  static void Clear() {
    uint32_t state;
    asm volatile("vmrs %0, fpscr\n\tbic %0, %0, %1\n\tvmsr fpscr, %0"
                 : "=&r"(state)
                 : "i"(kBit)
                 : "memory");
  }
  static bool IsSet() {
    uint32_t state;
    asm volatile("vmrs %0, fpscr" : "=r"(state) : : "memory");
    return (state & kBit) != 0;
  }

 private:
  static constexpr uint32_t kBit = 1u << 27;
};

// Words at the places of complex numbers.
inline uint32_t* WordsAt(EarshotComplex16* numbers) {
  void* const words = numbers;
  return static_cast<uint32_t*>(words);
}
inline const uint32_t* WordsAt(const EarshotComplex16* numbers) {
  const void* const words = numbers;
  return static_cast<const uint32_t*>(words);
}

// Four neighbouring butterflies at once, each result of which is in another quarter of `data`.
void FirstStage(const int16_t* samples, size_t points, int shift, EarshotComplex16* data) {
  using V = Vectors;
  const size_t quarter = points / 2;  // Samples.
  // Bytes: places in base 4 are turned round, the last digit here is the first there.
  const uint32x4_t quarters = vmulq_n_u32(vidupq_n_u32(0, 1), points);
  portable::ReversedCounter fours(points / 16);
  for (const int16_t* const end = samples + quarter; samples != end; samples += 8) {
    const auto x0 = V::Quarter(vshlq_r_s16(vldrhq_s16(samples), shift));
    const auto x1 = V::Quarter(vshlq_r_s16(vldrhq_s16(samples + quarter), shift));
    const auto x2 = V::Quarter(vshlq_r_s16(vldrhq_s16(samples + 2 * quarter), shift));
    const auto x3 = V::Quarter(vshlq_r_s16(vldrhq_s16(samples + 3 * quarter), shift));
    const auto sum02 = V::Add(x0, x2);
    const auto difference02 = V::Subtract(x0, x2);
    const auto sum13 = V::Add(x1, x3);
    const auto difference13 = V::Subtract(x1, x3);
    uint32_t* const to = WordsAt(data + 4 * fours.value());
    fours.Next();
    const auto scatter = [quarters](uint32_t* at, int16x8_t x) {
      vstrwq_scatter_offset_u32(at, quarters, vreinterpretq_u32_s16(x));
    };
    scatter(to, V::Add(sum02, sum13));
    scatter(to + 1, V::SubtractTurned(difference02, difference13));
    scatter(to + 2, V::Subtract(sum02, sum13));
    scatter(to + 3, V::AddTurned(difference02, difference13));
  }
}

// Bins of the real FFT, from both ends.
void Untangle(const FftTables& tables, const EarshotComplex16* pairs, EarshotComplex16* spectrum) {
  using V = Vectors;
  const auto points = static_cast<size_t>(tables.size) / 2;
  const auto half = [](int32_t x) { return static_cast<int16_t>((x * 16383 + (1 << 14)) >> 15); };
  const int16_t even = half(pairs[0].re);
  const int16_t odd = half(pairs[0].im);
  spectrum[0] = {static_cast<int16_t>(even + odd), 0};
  spectrum[points] = {static_cast<int16_t>(even - odd), 0};

  const uint32x4_t backwards = vddupq_n_u32(12, 4);
  // The imaginary parts. From a constant gcc 12.2 makes 0xFFFC.
  uint32_t imaginary_lanes = 0xCCCC;
  asm("" : "+r"(imaginary_lanes));
  const auto imaginary = static_cast<mve_pred16_t>(imaginary_lanes);
  const EarshotComplex16* twiddles = tables.super_twiddles.data();
  for (size_t k = 1; k <= points / 2; k += V::kLanes, twiddles += V::kLanes) {
    const size_t mirrored = points - k - (V::kLanes - 1);
    const int16x8_t a = V::Half(V::Load(pairs + k));
    int16x8_t b =
        vreinterpretq_s16_u32(vldrwq_gather_offset_u32(WordsAt(pairs + mirrored), backwards));
    b = V::Half(vnegq_m_s16(b, b, imaginary));
    const int16x8_t sum = V::Add(a, b);
    const int16x8_t turned = V::Multiply(V::Subtract(a, b), V::ReadTwiddles(twiddles));
    V::Store(spectrum + k, vhaddq_s16(sum, turned));
    const int16x8_t conjugate = vhsubq_m_s16(vhsubq_s16(sum, turned), turned, sum, imaginary);
    vstrwq_scatter_offset_u32(WordsAt(spectrum + mirrored), backwards,
                              vreinterpretq_u32_s16(conjugate));
  }
}

}  // namespace

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  const auto points = static_cast<size_t>(tables.size) / 2;
  // Sizes with a stage of radix 2 are rare.
  if (points < kFewestPoints || __builtin_ctzl(points) % 2 != 0) {
    portable::RealFft(tables, input_shift, samples, scratch, spectrum);
    return;
  }
  FirstStage(samples.data(), points, input_shift, scratch.data());
  portable::Radix4Stages<Vectors>(tables, 4, scratch.data());
  Saturated::Clear();
  Untangle(tables, scratch.data(), spectrum.data());
  if (Saturated::IsSet()) portable::Untangle(tables, scratch.data(), spectrum.data());
}

}  // namespace earshot::helium
