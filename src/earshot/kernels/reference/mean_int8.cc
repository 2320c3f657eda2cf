// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mean.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void Invoke(const InvokeContext& context) {
  const auto& data = context.data<MeanInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.output_count; ++i) {
    const int8_t* first = input + MeanOffset(data.kept, i);
    int32_t sum = 0;
    for (int32_t j = 0; j < data.reduced_count; ++j) sum += first[MeanOffset(data.reduced, j)];
    output[i] = ToInt8(MultiplyByQuantizedMultiplier(sum - data.zero_point_sum, data.multiplier),
                       data.output);
  }
}

}  // namespace

const Kernel kMeanInt8 = {kMeanInt8Key, PrepareMeanInt8, Invoke};

}  // namespace earshot::reference
