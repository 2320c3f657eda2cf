// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/axis_slices.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/split_v.h"

namespace earshot::reference {
namespace {

void Invoke(const InvokeContext& context) {
  const auto& data = context.data<AxisSlices>();
  const auto* run_bytes = context.array<uint32_t>(data.run_bytes_offset);
  const auto* input = context.input<int8_t>(0);
  for (uint32_t row = 0; row < data.outer_size; ++row) {
    for (uint32_t i = 0; i < data.count; ++i) {
      std::memcpy(context.output<int8_t>(i) + row * run_bytes[i], input, run_bytes[i]);
      input += run_bytes[i];
    }
  }
}

}  // namespace

const Kernel kSplitVInt8 = {kSplitVInt8Key, PrepareSplitVInt8, Invoke};

}  // namespace earshot::reference
