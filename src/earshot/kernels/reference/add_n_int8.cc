// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/add_n.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAddNInt8(const InvokeContext& context) {
  const auto& data = context.data<AddNInt8>();
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.shape.count; ++i) {
    int32_t sum = StartOf(data.sum);
    for (int32_t k = 0; k < data.shape.inputs; ++k) {
      sum = Added(sum, context.input<int8_t>(static_cast<size_t>(k))[i], data.sum);
    }
    output[i] = ToOutput(sum, data.sum);
  }
}

}  // namespace

const Kernel kAddNInt8 = {kAddNInt8Key, PrepareAddNInt8, InvokeAddNInt8};

}  // namespace earshot::reference
