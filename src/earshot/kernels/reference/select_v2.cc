// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/select_v2.h"

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// In bytes, where input number `input` has what is for the output's index-th element.
uint32_t SelectedFrom(const SelectV2& data, size_t input, int32_t index) {
  uint32_t bytes = 0;
  for (const SelectAxis& axis : data.axes) {
    bytes += static_cast<uint32_t>(index % axis.extent) * axis.steps[input];
    index /= axis.extent;
  }
  return bytes;
}

void InvokeSelectV2(const InvokeContext& context) {
  const auto& data = context.data<SelectV2>();
  const auto* condition = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  for (int32_t i = 0; i < data.count; ++i, output += data.element_bytes) {
    const size_t input = condition[SelectedFrom(data, 0, i)] != 0 ? 1 : 2;
    std::memcpy(output, context.input<uint8_t>(input) + SelectedFrom(data, input, i),
                data.element_bytes);
  }
}

}  // namespace

const Kernel kSelectV2 = {kSelectV2Key, PrepareSelectV2, InvokeSelectV2};

}  // namespace earshot::reference
