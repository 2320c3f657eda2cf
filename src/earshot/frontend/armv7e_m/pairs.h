// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Two numbers of 16 bits in one word, the first in its lower half: a complex number, or two
// samples.
#pragma once

#include <arm_acle.h>

#include <cstdint>

namespace earshot::armv7e_m {

// A word that may be read where numbers of 16 bits were written. It begins at a multiple of four
// bytes, as all arrays here do.
using Pair [[gnu::may_alias]] = int32_t;

template <typename T>
inline int32_t LoadPair(const T* from) {
  const void* const pair = from;
  return *static_cast<const Pair*>(pair);
}

template <typename T>
inline void StorePair(T* to, int32_t value) {
  void* const pair = to;
  *static_cast<Pair*>(pair) = value;
}

// PKHTB and PKHBT, which no intrinsic stands for. The halves of a pair: the lower one of `low >>
// shift`, and the upper one of `high`.
template <int shift>
inline int32_t PackTop(int32_t high, int32_t low) {
  int32_t pair;
  asm("pkhtb %0, %1, %2, asr %3" : "=r"(pair) : "r"(high), "r"(low), "i"(shift));
  return pair;
}

// The lower half of `low` and the upper one of `high`.
inline int32_t PackBottom(int32_t low, int32_t high) {
  int32_t pair;
  asm("pkhbt %0, %1, %2" : "=r"(pair) : "r"(low), "r"(high));
  return pair;
}

// |x| of both halves; of -32768, itself.
inline int32_t Magnitudes(int32_t pair) {
  // SEL takes the halves for which the difference before it is not negative.
  const int32_t negated = __ssub16(0, pair);
  return static_cast<int32_t>(__sel(static_cast<uint32_t>(negated), static_cast<uint32_t>(pair)));
}

}  // namespace earshot::armv7e_m
