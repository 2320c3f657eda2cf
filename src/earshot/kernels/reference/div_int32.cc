// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/div.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The smallest number divided by -1 is itself, modulo 2^32.
int32_t QuotientTowardZero(int32_t a, int32_t b) {
  if (b == 0) return 0;
  return b == -1 ? WrappingSubtract(0, a) : a / b;
}

void InvokeDivInt32(const InvokeContext& context) {
  const auto& data = context.data<DivInt32>();
  ForEachPair(data.broadcast, context.input<int32_t>(0), context.input<int32_t>(1),
              context.output<int32_t>(0), [&data](int32_t a, int32_t b) {
                const int32_t quotient = QuotientTowardZero(a, b);
                return quotient < data.lowest    ? data.lowest
                       : quotient > data.highest ? data.highest
                                                 : quotient;
              });
}

}  // namespace

const Kernel kDivInt32 = {kDivInt32Key, PrepareDivInt32, InvokeDivInt32};

}  // namespace earshot::reference
