// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/sub.h"

namespace earshot::reference {
namespace {

void InvokeSubInt8(const InvokeContext& context) {
  const auto& data = context.data<AddInt8>();
  ForEachPair(data.broadcast, context.input<int8_t>(0), context.input<int8_t>(1),
              context.output<int8_t>(0), [&data](int8_t a, int8_t b) {
                const int32_t difference = ToCommonScale(a - data.zero_point_a, data.multiplier_a) -
                                           ToCommonScale(b - data.zero_point_b, data.multiplier_b);
                return ToInt8(MultiplyByQuantizedMultiplier(difference, data.multiplier_sum),
                              data.output);
              });
}

}  // namespace

const Kernel kSubInt8 = {kSubInt8Key, PrepareSubInt8, InvokeSubInt8};

}  // namespace earshot::reference
