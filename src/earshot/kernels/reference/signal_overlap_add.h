// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of SignalOverlapAdd, for each type that it adds.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/elements.h"
#include "earshot/kernels/signal_overlap_add.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// `add` gives the sum of two numbers.
template <typename T, typename Add>
void OverlapAdd(const InvokeContext& context, Add add) {
  const auto& data = context.data<SignalOverlapAdd>();
  const auto* frame = context.input<T>(0);
  auto* output = context.output<T>(0);
  auto* sums = context.state<T>(data.sums_offset);
  if (context.starts_anew()) ClearElements(sums, data.streams * data.size);
  for (int32_t stream = 0; stream < data.streams; ++stream, sums += data.size) {
    for (int32_t i = 0; i < data.frames; ++i) {
      for (int32_t k = 0; k < data.size; ++k) sums[k] = add(sums[k], frame[k]);
      MoveElements(sums, data.step, output);
      MoveElements(sums + data.step, data.size - data.step, sums);
      ClearElements(sums + data.size - data.step, data.step);
      frame += data.size;
      output += data.step;
    }
  }
}

}  // namespace earshot::reference
