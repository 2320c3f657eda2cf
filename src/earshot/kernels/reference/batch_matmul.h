// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of BATCH_MATMUL for all types.
#pragma once

#include <cstdint>

#include "earshot/kernels/batch_matmul.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// output = dot_product(a row, a column) for each element; both are given by their first element,
// the rest following in steps of `depth`.
template <typename T, typename DotProduct>
void MultiplyMatrices(const BatchMatmul& shape, const T* a, const T* b, T* output,
                      const DotProduct& dot_product) {
  const auto& batches = shape.batches;
  const auto& in_a = shape.a.batches;
  const auto& in_b = shape.b.batches;
  for (int32_t i = 0; i < batches[0]; ++i) {
    for (int32_t j = 0; j < batches[1]; ++j) {
      for (int32_t k = 0; k < batches[2]; ++k) {
        const T* matrix_a = a + i * in_a[0] + j * in_a[1] + k * in_a[2];
        const T* matrix_b = b + i * in_b[0] + j * in_b[1] + k * in_b[2];
        for (int32_t row = 0; row < shape.rows; ++row) {
          for (int32_t column = 0; column < shape.columns; ++column) {
            *output++ =
                dot_product(matrix_a + row * shape.a.outer, matrix_b + column * shape.b.outer);
          }
        }
      }
    }
  }
}

// Sums have 32 bits for int8, where those that are too large wrap, and 64 for int16.
template <typename T, typename Sum>
void InvokeBatchMatmulInteger(const InvokeContext& context) {
  const auto& data = context.data<BatchMatmulInteger>();
  const BatchMatmul& shape = data.shape;
  MultiplyMatrices(shape, context.input<T>(0), context.input<T>(1), context.output<T>(0),
                   [&](const T* a, const T* b) {
                     Sum sum = 0;
                     for (int32_t i = 0; i < shape.depth; ++i) {
                       const int32_t product = (a[i * shape.a.depth] - data.zero_point_a) *
                                               (b[i * shape.b.depth] - data.zero_point_b);
                       sum = WrappingAdd(sum, Sum{product});
                     }
                     return ToStored<T>(MultiplyByQuantizedMultiplier(sum, data.multiplier),
                                        data.output);
                   });
}

}  // namespace earshot::reference
