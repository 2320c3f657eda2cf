// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/batch_matmul.h"
#include "earshot/kernels/reference/batch_matmul.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeBatchMatmulFloat32(const InvokeContext& context) {
  const auto& shape = context.data<BatchMatmul>();
  MultiplyMatrices(shape, context.input<float>(0), context.input<float>(1),
                   context.output<float>(0), [&shape](const float* a, const float* b) {
                     float sum = 0;
                     for (int32_t i = 0; i < shape.depth; ++i) {
                       sum += a[i * shape.a.depth] * b[i * shape.b.depth];
                     }
                     return sum;
                   });
}

}  // namespace

const Kernel kBatchMatmulFloat32 = {kBatchMatmulFloat32Key, PrepareBatchMatmulFloat32,
                                    InvokeBatchMatmulFloat32};

}  // namespace earshot::reference
