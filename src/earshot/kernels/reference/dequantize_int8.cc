// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/quantize.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeDequantizeInt8(const InvokeContext& context) {
  const auto& data = context.data<ScaleAndZeroPoint>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<float>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = data.scale * static_cast<float>(input[i] - data.zero_point);
  }
}

}  // namespace

const Kernel kDequantizeInt8 = {kDequantizeInt8Key, PrepareDequantizeInt8, InvokeDequantizeInt8};

}  // namespace earshot::reference
