// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Source: P. Zimmermann, "Karatsuba Square Root" (1999): of a number of which the root's upper half
// is known, with the rest, a division gives the lower half, or one more.

#include "earshot/frontend/portable/stages.h"

namespace earshot::portable {
namespace {

constexpr uint32_t kLargest16 = 0xFFFF;
constexpr uint32_t kLargest32 = 0xFFFFFFFF;

// Roots of 8 bits: of i * 256, rounded down, for i from 64 on.
struct Roots {
  static constexpr uint32_t kFirst = 64;
  uint8_t of[256 - kFirst] = {};
};

constexpr Roots MakeRoots() {
  Roots roots;
  uint32_t root = 128;
  for (uint32_t i = Roots::kFirst; i < 256; ++i) {
    while ((root + 1) * (root + 1) <= i * 256) ++root;
    roots.of[i - Roots::kFirst] = static_cast<uint8_t>(root);
  }
  return roots;
}

constexpr Roots kRoots = MakeRoots();

struct Root {
  uint32_t root;
  uint32_t rest;  // Of the number, when the root's square is taken away.
};

// Of 2^30 .. 2^32 - 1, rounded down.
inline Root RootOf32(uint32_t value) {
  uint32_t high = kRoots.of[(value >> 24) - Roots::kFirst];
  uint32_t rest = (value >> 16) - high * high;
  if (rest > 2 * high) {  // The table does not know of bits 16 to 23.
    rest -= 2 * high + 1;
    ++high;
  }
  const uint32_t dividend = (rest << 8) | ((value >> 8) & 0xFF);
  const uint32_t low = dividend / (2 * high);
  uint32_t root = (high << 8) + low;
  // Where the division gave one too much, this runs below 0.
  rest = ((dividend - low * 2 * high) << 8 | (value & 0xFF)) - low * low;
  if (static_cast<int32_t>(rest) < 0) {
    --root;
    rest += 2 * root + 1;
  }
  return {root, rest};
}

uint32_t SquareRoot(uint64_t value) {
  if (value == 0) return 0;
  // Shifted up until there is a one in the upper two bits: in two words, which takes less than 64
  // bits do.
  auto top = static_cast<uint32_t>(value >> 32);
  auto bottom = static_cast<uint32_t>(value);
  int shift = 0;
  if (top == 0) {
    top = bottom;
    bottom = 0;
    shift = 32;
  }
  const int rest_of_shift = __builtin_clz(top) & ~1;
  top = (top << rest_of_shift) | (bottom >> 1 >> (31 - rest_of_shift));
  bottom <<= rest_of_shift;
  shift += rest_of_shift;

  const Root high = RootOf32(top);
  // (rest * 2^16 + the next 16 bits) / (2 * high): both halved, so that 32 bits hold it.
  uint32_t low = ((high.rest << 15) | (bottom >> 17)) / high.root;
  if (low > kLargest16) low = kLargest16;
  uint32_t root = ((high.root << 16) + low) >> (shift / 2);
  auto rest = static_cast<int64_t>(value - static_cast<uint64_t>(root) * root);
  if (rest < 0) {
    --root;
    rest += 2 * static_cast<int64_t>(root) + 1;
  }
  const uint32_t largest = value <= kLargest32 ? kLargest16 : kLargest32;
  return rest > static_cast<int64_t>(root) && root != largest ? root + 1 : root;
}

}  // namespace

void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots) {
  uint32_t* to = roots.data();
  for (const uint64_t value : values) *to++ = SquareRoot(value) >> shift;
}

}  // namespace earshot::portable
