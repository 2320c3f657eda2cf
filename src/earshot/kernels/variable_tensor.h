// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Variable tensors (is_variable in the file): inputs that an operator also writes, and finds as it
// left them when it runs again.
#pragma once

#include <cstdint>

#include "earshot/runtime/kernel.h"

namespace earshot {

// The contents of input `i`, which has `count` elements: what the invoke before left, or `start`
// everywhere. The format's reference starts int8 ones at their zero point and all others at 0.
// Precondition: CheckVariable() was ok.
template <typename T>
T* VariableTensor(const InvokeContext& context, size_t i, int32_t count, T start) {
  T* const values = context.variable<T>(i);
  if (!context.starts_anew()) return values;
  for (int32_t k = 0; k < count; ++k) values[k] = start;
  return values;
}

}  // namespace earshot
