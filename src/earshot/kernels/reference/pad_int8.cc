// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pad.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokePadInt8(const InvokeContext& context) {
  const auto& data = context.data<PadInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  const auto is_inside = [&data](int32_t axis, int32_t position) {
    return position >= data.before[axis] && position - data.before[axis] < data.input[axis];
  };
  // The input's elements are met in their own order.
  for (int32_t i = 0; i < data.output[0]; ++i) {
    for (int32_t j = 0; j < data.output[1]; ++j) {
      for (int32_t k = 0; k < data.output[2]; ++k) {
        const bool row_inside = is_inside(0, i) && is_inside(1, j) && is_inside(2, k);
        for (int32_t l = 0; l < data.output[3]; ++l) {
          *output++ = row_inside && is_inside(3, l) ? *input++ : static_cast<int8_t>(data.value);
        }
      }
    }
  }
}

}  // namespace

const Kernel kPadInt8 = {kPadInt8Key, PreparePadInt8, InvokePadInt8};

}  // namespace earshot::reference
