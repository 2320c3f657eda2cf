// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/add_n.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAddNFloat32(const InvokeContext& context) {
  const auto& data = context.data<AddN>();
  auto* output = context.output<float>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    float sum = 0;
    for (int32_t k = 0; k < data.inputs; ++k) {
      sum += context.input<float>(static_cast<size_t>(k))[i];
    }
    output[i] = sum;
  }
}

}  // namespace

const Kernel kAddNFloat32 = {kAddNFloat32Key, PrepareAddNFloat32, InvokeAddNFloat32};

}  // namespace earshot::reference
