// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The inputs of an ADD of int8 in the order in which vectors add them.
#pragma once

#include <cstdint>

#include "earshot/kernels/add.h"
#include "earshot/runtime/kernel.h"

namespace earshot::avx2 {

// The common scale is twice the larger one of both inputs': of that input it is exactly half, and a
// shift by so much to the left is all that brings it there.
constexpr int32_t kHalfShift = kAddLeftShift<int8_t> - 1;
constexpr bool IsHalf(QuantizedMultiplier by) { return by.multiplier == 1 << 30 && by.shift == 0; }

struct AddOrder {
  const int8_t* larger;  // The input of the larger scale. Null: not for vectors.
  const int8_t* other;
  int32_t larger_zero_point;
  int32_t other_zero_point;
  QuantizedMultiplier other_multiplier;
  int32_t count;
};

// Not for vectors: what is broadcast, and sums that scale up.
AddOrder OrderOf(const InvokeContext& context);

}  // namespace earshot::avx2
