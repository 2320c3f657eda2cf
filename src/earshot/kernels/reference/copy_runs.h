// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of operators whose data is, or holds, a StridedCopy, for elements of any type.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// `input` and `output`: the tensors' first bytes.
inline void CopyRuns(const InvokeContext& context, const StridedCopy& copy, const uint8_t* input,
                     uint8_t* output) {
  const auto* axes = context.array<CopyAxis>(copy.axes_offset);
  int32_t position[kMaxCopyAxes] = {};
  input += copy.input_begin;
  output += copy.output_begin;
  for (uint32_t run = 0; run < copy.runs; ++run) {
    std::memcpy(output, input, copy.run_bytes);
    // On along the innermost axis that has a place left, back to the first along those inside it.
    for (uint32_t i = 0; i < copy.axis_count; ++i) {
      const CopyAxis& axis = axes[i];
      if (position[i] + 1 < axis.extent) {
        ++position[i];
        input += axis.input_step;
        output += axis.output_step;
        break;
      }
      input -= position[i] * axis.input_step;
      output -= position[i] * axis.output_step;
      position[i] = 0;
    }
  }
}

// Of input 0, for operators whose data is a StridedCopy.
inline void InvokeStridedCopy(const InvokeContext& context) {
  CopyRuns(context, context.data<StridedCopy>(), context.input<uint8_t>(0),
           context.output<uint8_t>(0));
}

}  // namespace earshot::reference
