// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of MUL on int8 and int16.
#pragma once

#include <cstdint>

#include "earshot/kernels/mul.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

template <typename T>
void InvokeMulInteger(const InvokeContext& context) {
  const auto& data = context.data<MulInteger>();
  ForEachPair(data.broadcast, context.input<T>(0), context.input<T>(1), context.output<T>(0),
              [&data](T a, T b) {
                const int32_t product = (a - data.zero_point_a) * (b - data.zero_point_b);
                return ToStored<T>(MultiplyByQuantizedMultiplier(product, data.multiplier),
                                   data.output);
              });
}

}  // namespace earshot::reference
