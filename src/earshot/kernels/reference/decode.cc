// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/decode.h"

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeDecode(const InvokeContext& context) {
  const auto& data = context.data<Decode>();
  const DecodedTensor* tensors = context.array<DecodedTensor>(data.tensors_offset);
  for (uint32_t i = 0; i < data.count; ++i) {
    const DecodedTensor& tensor = tensors[i];
    const int8_t* zero_points =
        tensor.has_zero_points != 0 ? context.array<int8_t>(tensor.zero_points_offset) : nullptr;
    (void)DecodeElements(tensor, context.input<uint8_t>(2 * i),
                         context.input<uint8_t>(2 * i + 1) + kDecodeHeaderBytes, zero_points,
                         context.output<uint8_t>(i));
  }
}

}  // namespace

const Kernel kDecode = {kDecodeKey, PrepareDecode, InvokeDecode};

}  // namespace earshot::reference
