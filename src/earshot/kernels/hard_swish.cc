// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/hard_swish.h"

#include "earshot/kernels/prepare_checks.h"
#include "earshot/kernels/quantization.h"

namespace earshot {
namespace {

constexpr int32_t kLowestExponent = -15;  // What an int16 can be shifted by.

Verdict MakeShortMultiplier(const PrepareContext& context, PositiveReal value,
                            int32_t highest_exponent, ShortMultiplier* result) {
  constexpr int32_t kDroppedBits = 16;
  constexpr int32_t kHalf = 1 << (kDroppedBits - 1);
  QuantizedMultiplier exact;
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, value, &exact));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "ratio of scales as a power of two"_text,
                                      exact.shift, highest_exponent));
  if (exact.shift < kLowestExponent) {
    return context.Unsupported("ratio of scales as a power of two"_text, exact.shift,
                               kLowestExponent);
  }
  const bool rounds_up_to_sixteen_bits = exact.multiplier >= INT32_MAX - kHalf;
  result->multiplier =
      rounds_up_to_sixteen_bits ? INT16_MAX : (exact.multiplier + kHalf) >> kDroppedBits;
  result->exponent = exact.shift;
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareHardSwishInt8(PrepareContext& context) {
  constexpr int32_t kFinerBits = 7;
  constexpr float kThird = 3.0f / 32768.0f;  // The step of x / 3 in Q0.15.
  constexpr int32_t kHighestExponent = 30;
  EARSHOT_RETURN_IF_ERROR(CheckFunctionOfInt8(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  HardSwishInt8 data;
  data.count = input.count();
  data.input_zero_point = input.zero_point();
  data.output_zero_point = output.zero_point();
  const PositiveReal finer = TimesPowerOfTwo(RealOf(input.scale()), -kFinerBits);
  // Both quotients are float's, as in the format's reference.
  EARSHOT_RETURN_IF_ERROR(MakeShortMultiplier(
      context, Quotient(finer, RealOf(output.scale()), kFloatBits), 0, &data.to_output));
  EARSHOT_RETURN_IF_ERROR(MakeShortMultiplier(context, Quotient(finer, RealOf(kThird), kFloatBits),
                                              kHighestExponent, &data.to_third));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
