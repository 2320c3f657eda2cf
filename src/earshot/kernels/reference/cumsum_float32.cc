// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/cumsum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCumsumFloat32(const InvokeContext& context) {
  const auto& data = context.data<Cumsum>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<float>(0);
  for (int32_t outer = 0; outer < data.outer; ++outer) {
    for (int32_t inner = 0; inner < data.inner; ++inner) {
      float sum = 0;
      for (int32_t i = 0; i < data.extent; ++i) {
        const int32_t position = data.reverse != 0 ? data.extent - 1 - i : i;
        const int32_t at = (outer * data.extent + position) * data.inner + inner;
        if (data.exclusive != 0) output[at] = sum;
        sum += input[at];
        if (data.exclusive == 0) output[at] = sum;
      }
    }
  }
}

}  // namespace

const Kernel kCumsumFloat32 = {kCumsumFloat32Key, PrepareCumsumFloat32, InvokeCumsumFloat32};

}  // namespace earshot::reference
