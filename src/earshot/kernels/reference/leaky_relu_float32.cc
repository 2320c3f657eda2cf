// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/leaky_relu.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeLeakyReluFloat32(const InvokeContext& context) {
  const auto& data = context.data<LeakyReluFloat32>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<float>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = input[i] > 0 ? input[i] : input[i] * data.slope;
  }
}

}  // namespace

const Kernel kLeakyReluFloat32 = {kLeakyReluFloat32Key, PrepareLeakyReluFloat32,
                                  InvokeLeakyReluFloat32};

}  // namespace earshot::reference
