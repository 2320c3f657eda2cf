// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/div.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// a / b in steps of the output, by b's reciprocal. Preconditions: b > 0, both of at most 8 bits.
int32_t QuotientInSteps(int32_t a, int32_t b, QuantizedMultiplier scale) {
  constexpr int32_t kMostShift = 31;  // Nothing is left beyond.
  if (a == 0) return 0;
  const int32_t zeros = LeadingZeros(b);
  const auto fraction =
      static_cast<int32_t>((static_cast<uint32_t>(b) << zeros) - 0x80000000u);  // Q0.31
  // The largest magnitude of a that leaves its sign.
  const int32_t room = LeadingZeros(a < 0 ? (a == -1 ? 1 : -a - 1) : a) - 1;
  const int32_t headroom = a == -1 ? kMostShift : room;
  const int32_t quotient =
      SaturatingRoundingDoublingHighMul(WrappingShiftLeft(a, headroom), OneOverOnePlusX(fraction));
  const int32_t shift = headroom + kMostShift - zeros - scale.shift;
  if (shift > kMostShift) return 0;
  return RoundingDivideByPowerOfTwo(SaturatingRoundingDoublingHighMul(quotient, scale.multiplier),
                                    shift);
}

void InvokeDivInt8(const InvokeContext& context) {
  const auto& data = context.data<MulInteger>();
  ForEachPair(data.broadcast, context.input<int8_t>(0), context.input<int8_t>(1),
              context.output<int8_t>(0), [&data](int8_t value, int8_t by) {
                const int32_t a = value - data.zero_point_a;
                const int32_t b = by - data.zero_point_b;
                if (b == 0) return ToInt8(0, data.output);
                const int32_t steps = b < 0 ? QuotientInSteps(-a, -b, data.multiplier)
                                            : QuotientInSteps(a, b, data.multiplier);
                return ToInt8(steps, data.output);
              });
}

}  // namespace

const Kernel kDivInt8 = {kDivInt8Key, PrepareDivInt8, InvokeDivInt8};

}  // namespace earshot::reference
