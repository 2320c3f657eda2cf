// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mul.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMulInt8(const InvokeContext& context) {
  const auto& data = context.data<MulInt8>();
  ForEachPair(data.broadcast, context.input<int8_t>(0), context.input<int8_t>(1),
              context.output<int8_t>(0), [&data](int8_t a, int8_t b) {
                const int32_t product = (a - data.zero_point_a) * (b - data.zero_point_b);
                return ToInt8(MultiplyByQuantizedMultiplier(product, data.multiplier), data.output);
              });
}

}  // namespace

const Kernel kMulInt8 = {kMulInt8Key, PrepareMulInt8, InvokeMulInt8};

}  // namespace earshot::reference
