// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fixed_point.h"
#include "earshot/kernels/hard_swish.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/saturated.h"

namespace earshot::reference {
namespace {

// a * b / 2^15 of two int16 to the nearest integer, ties toward plus infinity.
int32_t RoundingHighMul16(int32_t a, int32_t b) {
  return Saturated<int16_t>((a * b + (1 << 14)) >> 15);
}

int32_t SaturatingShiftLeft16(int32_t value, int32_t exponent) {
  constexpr int32_t kEnough = 16;  // To saturate all but 0.
  return Saturated<int16_t>(value * (1 << (exponent < kEnough ? exponent : kEnough)));
}

// x / 3 in Q0.15, of x in 1/128 of the input's steps, at most 1. The last bit to the left comes
// after the multiplication, so that only what is beyond 1 is cut.
int32_t Third(int32_t x, ShortMultiplier by) {
  if (by.exponent <= 0) {
    return RoundingDivideByPowerOfTwo(RoundingHighMul16(x, by.multiplier), -by.exponent);
  }
  const int32_t shifted = SaturatingShiftLeft16(x, by.exponent - 1);
  return SaturatingShiftLeft16(RoundingHighMul16(shifted, by.multiplier), 1);
}

int8_t HardSwishOf(const HardSwishInt8& data, int32_t steps) {
  constexpr int32_t kFinerBits = 7;
  const int32_t x = steps * (1 << kFinerBits);
  const int32_t gate = (Third(x, data.to_third) + (1 << 15)) >> 1;  // relu6(x + 3) / 6 in Q0.15.
  const int32_t before_shift = RoundingHighMul16(x, data.to_output.multiplier);
  // This product is rounded toward zero, against the bias of those that are rounded.
  const int32_t product = gate * before_shift / (1 << 15);
  return Saturated<int8_t>(RoundingDivideByPowerOfTwo(product, -data.to_output.exponent) +
                           data.output_zero_point);
}

void InvokeHardSwishInt8(const InvokeContext& context) {
  const auto& data = context.data<HardSwishInt8>();
  const auto* input = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = HardSwishOf(data, input[i] - data.input_zero_point);
  }
}

}  // namespace

const Kernel kHardSwishInt8 = {kHardSwishInt8Key, PrepareHardSwishInt8, InvokeHardSwishInt8};

}  // namespace earshot::reference
