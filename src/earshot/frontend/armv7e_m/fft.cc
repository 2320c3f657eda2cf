// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/frontend/armv7e_m/pairs.h"
#include "earshot/frontend/armv7e_m/stages.h"
#include "earshot/frontend/portable/radix4.h"

namespace earshot::armv7e_m {
namespace {

constexpr int32_t kRounding = 1 << 14;

// One complex number in one register. Both parts of it are added at once, and a product with a
// twiddle takes two instructions.
struct Pairs {
  static constexpr size_t kLanes = 1;
  using Value = int32_t;
  using Twiddles = int32_t;

  static Value Load(const EarshotComplex16* from) { return LoadPair(from); }
  // What the lower sample loses at its top must not get into the upper one.
  [[gnu::always_inline]] static Value LoadShifted(const int16_t* pair, int shift) {
    const uint32_t kept = 0xFFFFu >> shift;
    const uint32_t samples = static_cast<uint32_t>(LoadPair(pair)) & (kept | kept << 16);
    return static_cast<int32_t>(samples << shift);
  }
  static void Store(EarshotComplex16* to, Value x) { StorePair(to, x); }
  static Twiddles ReadTwiddles(const EarshotComplex16* from) { return LoadPair(from); }

  static Value Quarter(Value x) { return Scaled<8191>(x); }
  static Value Half(Value x) { return Scaled<16383>(x); }
  static Value Add(Value a, Value b) { return __sadd16(a, b); }
  static Value Subtract(Value a, Value b) { return __ssub16(a, b); }
  static Value SubtractTurned(Value a, Value b) { return __ssax(a, b); }
  static Value AddTurned(Value a, Value b) { return __sasx(a, b); }
  [[gnu::always_inline]] static Value Multiply(Value a, Twiddles w) {
    const int32_t re = __smlsd(a, w, kRounding);
    const int32_t im = __smladx(a, w, kRounding);
    return PackTop<15>(im * 2, re);
  }
  static Value Wrapped(Value x) { return x; }
  static Value Conjugate(Value x) { return PackBottom(x, __ssub16(0, x)); }
  static Value HalfOfSum(Value a, Value b) { return __shadd16(a, b); }
  static Value HalfOfConjugate(Value a, Value b) {
    return PackBottom(__shsub16(a, b), __shsub16(b, a));
  }

 private:
  // (x * factor + 2^14) >> 15, both sides doubled, so that the result is an upper half.
  template <int32_t factor>
  [[gnu::always_inline]] static Value Scaled(Value x) {
    const int32_t low = __smlabb(x, 2 * factor, 2 * kRounding);
    const int32_t high = __smlatb(x, 2 * factor, 2 * kRounding);
    return PackTop<16>(high, low);
  }
};

}  // namespace

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  const auto points = static_cast<size_t>(tables.size) / 2;
  const size_t m = portable::FirstStage<Pairs>(samples.data(), points, input_shift, scratch.data());
  portable::Radix4Stages<Pairs>(tables, m, scratch.data());
  portable::Untangle<Pairs>(tables, scratch.data(), spectrum.data());
}

}  // namespace earshot::armv7e_m
