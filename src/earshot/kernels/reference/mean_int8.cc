// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mean.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMeanInt8(const InvokeContext& context) {
  const auto& data = context.data<MeanInt8>();
  Reduce(
      data.reduction, context.input<int8_t>(0), context.output<int8_t>(0), int32_t{0},
      [](int32_t sum, int8_t value) { return sum + value; },
      [&data](int32_t sum) {
        return ToInt8(MultiplyByQuantizedMultiplier(sum - data.zero_point_sum, data.multiplier),
                      data.output);
      });
}

}  // namespace

const Kernel kMeanInt8 = {kMeanInt8Key, PrepareMeanInt8, InvokeMeanInt8};

}  // namespace earshot::reference
