// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The steps of a real FFT in int16, for any arithmetic. The order of operations and all roundings
// are kissfft's (as of its version 131); what an Arithmetic says is how one number, or several
// beside one another, are held and computed with:
//
//   Value              kLanes complex numbers
//   Twiddles           what is kept of kLanes twiddles while they are used
//   Load, Store        from and to memory; what does not fit int16 wraps when it is stored
//   ReadTwiddles
//   Quarter, Half      (x * 8191 + 2^14) >> 15, the same with 16383: kissfft's C_FIXDIV
//   Add, Subtract, SubtractTurned, AddTurned    a + b, a - b, a - j*b, a + j*b
//   Multiply           by twiddles: each part (sum of products + 2^14) >> 15, kissfft's C_MUL
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/frontend/frontend_tables.h"

namespace earshot::portable {

// The FFT of four numbers that lie `m` apart, into the same places.
template <typename Arithmetic>
inline void StoreButterfly(EarshotComplex16* at, size_t m, typename Arithmetic::Value x0,
                           typename Arithmetic::Value x1, typename Arithmetic::Value x2,
                           typename Arithmetic::Value x3) {
  using A = Arithmetic;
  const auto sum02 = A::Add(x0, x2);
  const auto difference02 = A::Subtract(x0, x2);
  const auto sum13 = A::Add(x1, x3);
  const auto difference13 = A::Subtract(x1, x3);
  EarshotComplex16* const upper = at + 2 * m;
  A::Store(at, A::Add(sum02, sum13));
  A::Store(at + m, A::SubtractTurned(difference02, difference13));
  A::Store(upper, A::Subtract(sum02, sum13));
  A::Store(upper + m, A::AddTurned(difference02, difference13));
}

// Makes FFTs of 4 * m numbers of those of m that lie there, one behind the other; `points` in all.
// `twiddles` are this stage's (FftTables). m is a multiple of kLanes.
template <typename Arithmetic>
inline void Radix4Stage(const EarshotComplex16* twiddles, size_t m, size_t points,
                        EarshotComplex16* data) {
  using A = Arithmetic;
  EarshotComplex16* const end = data + points;
  const EarshotComplex16* const end_of_row = twiddles + m;
  do {
    const auto w1 = A::ReadTwiddles(twiddles);
    const auto w2 = A::ReadTwiddles(twiddles + m);
    const auto w3 = A::ReadTwiddles(twiddles + 2 * m);
    EarshotComplex16* at = data;
    do {
      const EarshotComplex16* const upper = at + 2 * m;
      const auto x1 = A::Multiply(A::Quarter(A::Load(at + m)), w1);
      const auto x2 = A::Multiply(A::Quarter(A::Load(upper)), w2);
      const auto x3 = A::Multiply(A::Quarter(A::Load(upper + m)), w3);
      StoreButterfly<A>(at, m, A::Quarter(A::Load(at)), x1, x2, x3);
      at += 4 * m;
    } while (at < end);
    data += A::kLanes;
    twiddles += A::kLanes;
  } while (twiddles != end_of_row);
}

// All stages from FFTs of `m` numbers on.
template <typename Arithmetic>
inline void Radix4Stages(const FftTables& tables, size_t m, EarshotComplex16* data) {
  const EarshotComplex16* twiddles = tables.twiddles.data();
  const auto points = static_cast<size_t>(tables.size) / 2;
  for (; m < points; m *= 4) {
    Radix4Stage<Arithmetic>(twiddles, m, points, data);
    twiddles += 3 * m;
  }
}

// Counts 0, 1, 2 ... with the digits in base 4 turned round: what input the first stage takes.
class ReversedCounter {
 public:
  // Up to `count`, a power of four.
  explicit ReversedCounter(size_t count) : count_(count) {}
  size_t value() const { return value_; }
  [[gnu::always_inline]] void Next() {
    size_t above = count_;  // A carry goes down.
    value_ += above / 4;
    while (value_ >= above) {
      value_ -= above;
      above /= 4;
      value_ += above / 4;
    }
  }

 private:
  size_t count_;
  size_t value_ = 0;
};

// Samples as complex numbers, into FFTs of 4, or of 2 where a power of two is not one of four;
// returns which. All twiddles are 1 here, and to multiply by that changes nothing.
//
// Beside what is above, Arithmetic has LoadShifted: a pair of samples, scaled up by `shift`.
template <typename Arithmetic>
inline size_t FirstStage(const int16_t* samples, size_t points, int shift, EarshotComplex16* data) {
  using A = Arithmetic;
  const EarshotComplex16* const end = data + points;
  if (__builtin_ctzl(points) % 2 != 0) {
    const int16_t* const half = samples + points;  // Two numbers each.
    ReversedCounter from(points / 2);
    for (; data != end; data += 2) {
      const auto x0 = A::Half(A::LoadShifted(samples + 2 * from.value(), shift));
      const auto x1 = A::Half(A::LoadShifted(half + 2 * from.value(), shift));
      A::Store(data, A::Add(x0, x1));
      A::Store(data + 1, A::Subtract(x0, x1));
      from.Next();
    }
    return 2;
  }
  const size_t quarter = points / 2;
  ReversedCounter from(points / 4);
  for (; data != end; data += 4) {
    const int16_t* const first = samples + 2 * from.value();
    const auto x0 = A::Quarter(A::LoadShifted(first, shift));
    const auto x1 = A::Quarter(A::LoadShifted(first + quarter, shift));
    const auto x2 = A::Quarter(A::LoadShifted(first + 2 * quarter, shift));
    const auto x3 = A::Quarter(A::LoadShifted(first + 3 * quarter, shift));
    StoreButterfly<A>(data, 1, x0, x1, x2, x3);
    from.Next();
  }
  return 4;
}

// The spectrum of 2 * points samples from that of points pairs of them.
//
// Beside what is above, Arithmetic has Conjugate, HalfOfSum: (a + b) / 2, HalfOfConjugate: (a - b)
// / 2 and conjugated, both rounded down, and Wrapped: as if stored in int16 and loaded.
template <typename Arithmetic>
inline void Untangle(const FftTables& tables, const EarshotComplex16* pairs,
                     EarshotComplex16* spectrum) {
  using A = Arithmetic;
  const auto points = static_cast<size_t>(tables.size) / 2;
  EarshotComplex16 first;
  A::Store(&first, A::Half(A::Load(pairs)));
  spectrum[0] = {static_cast<int16_t>(first.re + first.im), 0};
  spectrum[points] = {static_cast<int16_t>(first.re - first.im), 0};
  const EarshotComplex16* twiddle = tables.super_twiddles.data();
  const EarshotComplex16* mirrored = pairs + points;
  EarshotComplex16* mirrored_bin = spectrum + points;
  const EarshotComplex16* const end = twiddle + points / 2;
  do {
    const auto a = A::Half(A::Load(++pairs));
    const auto b = A::Half(A::Conjugate(A::Load(--mirrored)));
    const auto sum = A::Add(a, b);
    const auto turned = A::Wrapped(A::Multiply(A::Subtract(a, b), A::ReadTwiddles(twiddle++)));
    A::Store(++spectrum, A::HalfOfSum(sum, turned));
    A::Store(--mirrored_bin, A::HalfOfConjugate(sum, turned));
  } while (twiddle != end);
}

}  // namespace earshot::portable
