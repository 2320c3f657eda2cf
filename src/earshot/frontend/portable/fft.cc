// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/frontend/portable/radix4.h"
#include "earshot/frontend/portable/stages.h"

namespace earshot::portable {
namespace {

constexpr int kFractionBits = 15;
constexpr int32_t kRounding = 1 << (kFractionBits - 1);

[[gnu::always_inline]] inline int32_t Rounded(int32_t product) {
  return (product + kRounding) >> kFractionBits;
}

// One number in two registers. Sums are kept in 32 bits and wrap when they are stored, which comes
// to the same as to wrap each.
struct Plain {
  static constexpr size_t kLanes = 1;
  struct Value {
    int32_t re;
    int32_t im;
  };
  using Twiddles = const EarshotComplex16*;  // More registers than there are, if they were loaded.

  static Value Load(const EarshotComplex16* from) { return {from->re, from->im}; }
  [[gnu::always_inline]] static Value LoadShifted(const int16_t* pair, int shift) {
    return {Shifted(pair[0], shift), Shifted(pair[1], shift)};
  }
  static void Store(EarshotComplex16* to, Value x) {
    to->re = static_cast<int16_t>(x.re);
    to->im = static_cast<int16_t>(x.im);
  }
  static Twiddles ReadTwiddles(const EarshotComplex16* from) { return from; }

  [[gnu::always_inline]] static Value Quarter(Value x) {
    return {Rounded(x.re * 8191), Rounded(x.im * 8191)};
  }
  [[gnu::always_inline]] static Value Half(Value x) {
    return {Rounded(x.re * 16383), Rounded(x.im * 16383)};
  }
  static Value Add(Value a, Value b) { return {a.re + b.re, a.im + b.im}; }
  static Value Subtract(Value a, Value b) { return {a.re - b.re, a.im - b.im}; }
  static Value SubtractTurned(Value a, Value b) { return {a.re + b.im, a.im - b.re}; }
  static Value AddTurned(Value a, Value b) { return {a.re - b.im, a.im + b.re}; }
  [[gnu::always_inline]] static Value Multiply(Value a, Twiddles w) {
    return {Rounded(a.re * w->re - a.im * w->im), Rounded(a.re * w->im + a.im * w->re)};
  }
  static Value Wrapped(Value x) { return {static_cast<int16_t>(x.re), static_cast<int16_t>(x.im)}; }
  static Value Conjugate(Value x) { return {x.re, static_cast<int16_t>(-x.im)}; }
  static Value HalfOfSum(Value a, Value b) { return {(a.re + b.re) >> 1, (a.im + b.im) >> 1}; }
  static Value HalfOfConjugate(Value a, Value b) {
    return {(a.re - b.re) >> 1, (b.im - a.im) >> 1};
  }

 private:
  // As unsigned: -32768 is not counted in the shift and may run out at the top.
  static int32_t Shifted(int16_t sample, int shift) {
    return static_cast<int16_t>(static_cast<uint16_t>(sample) << shift);
  }
};

}  // namespace

void Untangle(const FftTables& tables, const EarshotComplex16* pairs, EarshotComplex16* spectrum) {
  Untangle<Plain>(tables, pairs, spectrum);
}

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  const auto points = static_cast<size_t>(tables.size) / 2;
  const size_t m = FirstStage<Plain>(samples.data(), points, input_shift, scratch.data());
  Radix4Stages<Plain>(tables, m, scratch.data());
  Untangle(tables, scratch.data(), spectrum.data());
}

}  // namespace earshot::portable
