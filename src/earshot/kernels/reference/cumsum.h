// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of CUMSUM for all types.
#pragma once

#include <cstdint>

#include "earshot/kernels/cumsum.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Each sum begins with `start`; add(sum, element) is the next one, finish(sum) the output.
template <typename T, typename Sum, typename Add, typename Finish>
void RunCumsum(const InvokeContext& context, const Cumsum& data, Sum start, const Add& add,
               const Finish& finish) {
  const auto* input = context.input<T>(0);
  auto* output = context.output<T>(0);
  for (int32_t outer = 0; outer < data.outer; ++outer) {
    for (int32_t inner = 0; inner < data.inner; ++inner) {
      Sum sum = start;
      for (int32_t i = 0; i < data.extent; ++i) {
        const int32_t position = data.reverse != 0 ? data.extent - 1 - i : i;
        const int32_t at = (outer * data.extent + position) * data.inner + inner;
        if (data.exclusive != 0) output[at] = finish(sum);
        sum = add(sum, input[at]);
        if (data.exclusive == 0) output[at] = finish(sum);
      }
    }
  }
}

}  // namespace earshot::reference
