// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/square_root.h"

#include "earshot/frontend/bits.h"

namespace earshot {
namespace {

constexpr uint64_t kLargest32 = 0xFFFFFFFFu;

}  // namespace

// Digit by digit in base 2: `root` collects the result's bits from the top, `rest` is what remains
// of the value once root's square is taken away.
uint32_t SquareRoot(uint64_t value) {
  uint64_t rest = value;
  uint64_t root = 0;
  // The highest power of four that may be in it.
  const int highest = (MostSignificantBit(value | 1) - 1) & ~1;
  for (uint64_t bit = uint64_t{1} << highest; bit != 0; bit >>= 2) {
    if (rest >= root + bit) {
      rest -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  // (root + 1/2)^2 = root^2 + root + 1/4: round up when more than root remains.
  const uint64_t largest = value <= kLargest32 ? 0xFFFFu : kLargest32;
  if (rest > root && root != largest) ++root;
  return static_cast<uint32_t>(root);
}

}  // namespace earshot
