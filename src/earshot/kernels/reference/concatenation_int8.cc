// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/axis_slices.h"
#include "earshot/kernels/concatenation.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void Invoke(const InvokeContext& context) {
  const auto& data = context.data<AxisSlices>();
  const auto* run_bytes = context.array<uint32_t>(data.run_bytes_offset);
  auto* output = context.output<int8_t>(0);
  for (uint32_t row = 0; row < data.outer_size; ++row) {
    for (uint32_t i = 0; i < data.count; ++i) {
      std::memcpy(output, context.input<int8_t>(i) + row * run_bytes[i], run_bytes[i]);
      output += run_bytes[i];
    }
  }
}

}  // namespace

const Kernel kConcatenationInt8 = {kConcatenationInt8Key, PrepareConcatenationInt8, Invoke};

}  // namespace earshot::reference
