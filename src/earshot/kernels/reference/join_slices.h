// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of operators whose data is an AxisSlices, for elements of any size.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/kernels/axis_slices.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// The output is made of all inputs.
inline void InvokeJoin(const InvokeContext& context) {
  const auto& data = context.data<AxisSlices>();
  const auto* run_bytes = context.array<uint32_t>(data.run_bytes_offset);
  auto* output = context.output<uint8_t>(0);
  for (uint32_t row = 0; row < data.outer_size; ++row) {
    for (uint32_t i = 0; i < data.count; ++i) {
      std::memcpy(output, context.input<uint8_t>(i) + row * run_bytes[i], run_bytes[i]);
      output += run_bytes[i];
    }
  }
}

// Each output is a part of one input.
inline void SplitRuns(const InvokeContext& context, size_t input_index) {
  const auto& data = context.data<AxisSlices>();
  const auto* run_bytes = context.array<uint32_t>(data.run_bytes_offset);
  const auto* input = context.input<uint8_t>(input_index);
  for (uint32_t row = 0; row < data.outer_size; ++row) {
    for (uint32_t i = 0; i < data.count; ++i) {
      std::memcpy(context.output<uint8_t>(i) + row * run_bytes[i], input, run_bytes[i]);
      input += run_bytes[i];
    }
  }
}

}  // namespace earshot::reference
