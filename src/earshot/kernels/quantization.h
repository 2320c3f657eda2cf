// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From the scales in a model file to the integers that a kernel multiplies with.
//
// real_value = scale * (stored_value - zero_point). A kernel sums products of stored values; that
// sum times (input scale * weight scale / output scale) is the output, counted from its zero point.
// Source of formulas and roundings: TensorFlow Lite's quantization specification and its reference
// kernels with gemmlowp's double rounding.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/fixed_point.h"
#include "earshot/runtime/kernel.h"
#include "earshot/runtime/positive_real.h"

namespace earshot {

// A positive real number as multiplier * 2^(shift - 31), multiplier in [2^30, 2^31), or zero.
struct QuantizedMultiplier {
  int32_t multiplier = 0;
  int32_t shift = 0;  // [-31, kMaxShift] in all that MakeMultiplier() accepts.
};

// The nearest such number, ties upward; values below 2^-32 become zero. Precondition: value is 0 or
// as for Normalized().
QuantizedMultiplier QuantizeMultiplier(PositiveReal value);

constexpr int32_t kMaxShift = 30;

// The same for a value that comes from a file.
// kUnsupported: the shift would be more than `most_shift`: at kMaxShift nothing is left of any
// input.
Verdict MakeMultiplier(const PrepareContext& context, PositiveReal value,
                       QuantizedMultiplier* multiplier, int32_t most_shift = kMaxShift);

// x * multiplier, rounded twice: to an int32 after the multiplication, then after the right shift.
constexpr int32_t MultiplyByQuantizedMultiplier(int32_t x, QuantizedMultiplier by) {
  const int32_t left = by.shift > 0 ? by.shift : 0;
  const int32_t right = by.shift > 0 ? 0 : -by.shift;
  return RoundingDivideByPowerOfTwo(
      SaturatingRoundingDoublingHighMul(WrappingShiftLeft(x, left), by.multiplier), right);
}

// The same for sums of 64 bits, as int16 activations make them: x times the multiplier's upper 15
// bits, rounded once, and modulo 2^32. Exact for |x| < 2^47. Precondition: by.shift is at most
// kMaxWideShift.
constexpr int32_t kMaxWideShift = 7;
constexpr int32_t MultiplyByQuantizedMultiplier(int64_t x, QuantizedMultiplier by) {
  constexpr int32_t kLargest = 0x7FFF;
  constexpr int32_t kDroppedBits = 16;
  const int32_t multiplier = by.multiplier < kLargest << kDroppedBits
                                 ? (by.multiplier + (1 << (kDroppedBits - 1))) >> kDroppedBits
                                 : kLargest;
  const int32_t shift = 15 - by.shift;
  const uint64_t product =
      static_cast<uint64_t>(x) * static_cast<uint64_t>(multiplier) + (uint64_t{1} << (shift - 1));
  return static_cast<int32_t>(static_cast<int64_t>(product) >> shift);
}

// ------------------------------------------------------------------------------------------------
// Outputs

// Where an integer output's zero is, and which values its activation function lets through.
// The limits count from the zero point, so that clamping comes first and nothing can overflow.
struct IntegerOutput {
  int32_t zero_point;
  int32_t lowest;
  int32_t highest;
};

// `steps`: the output's value in units of its scale, before the activation function.
template <typename T>
constexpr T ToStored(int32_t steps, const IntegerOutput& output) {
  const int32_t clamped = steps < output.lowest    ? output.lowest
                          : steps > output.highest ? output.highest
                                                   : steps;
  return static_cast<T>(clamped + output.zero_point);
}

constexpr int8_t ToInt8(int32_t steps, const IntegerOutput& output) {
  return ToStored<int8_t>(steps, output);
}

struct FloatRange {
  float lowest;
  float highest;
};

constexpr float Clamp(float value, const FloatRange& range) {
  const float raised = value < range.lowest ? range.lowest : value;
  return raised > range.highest ? range.highest : raised;
}

// kUnsupported: an activation function other than NONE, RELU, RELU_N1_TO_1 and RELU6.
// Precondition: `output` is int8, int16 or uint8 and has one scale.
Verdict MakeIntegerOutput(const PrepareContext& context, schema::ActivationFunctionType activation,
                          const TensorInfo& output, IntegerOutput* result);
Verdict MakeFloatRange(const PrepareContext& context, schema::ActivationFunctionType activation,
                       FloatRange* result);

// ------------------------------------------------------------------------------------------------
// Weights

// The multipliers of all output channels: an array in the arena that has one element for each
// channel (step 1), or one for all of them (step 0).
struct ChannelMultipliers {
  uint32_t offset;
  uint32_t step;
};

// One output channel's multiplier. `array` is InvokeContext::array() of the offset.
constexpr QuantizedMultiplier ForChannel(const QuantizedMultiplier* array,
                                         const ChannelMultipliers& multipliers, int32_t channel) {
  return array[static_cast<uint32_t>(channel) * multipliers.step];
}

// What becomes of the product of input and weight scale before it is divided by the output scale.
enum class ScaleProduct : uint8_t { kExact, kRoundedToFloat };

// The products of int8 values and weights that one sum holds: 2^31 / (128 * 255).
constexpr int32_t kMaxInt8Products = 65793;
// The same where weights have a zero point, too, and for uint8: 2^31 / (255 * 255).
constexpr int32_t kMaxProductsWithZeroPoint = 33025;

// Checks the weights' quantization along `channel_axis`, their axis of output channels.
// kInvalidModel: no scale, or several along another axis. kUnsupported: a zero point that is not 0.
Verdict CheckChannelScales(const PrepareContext& context, const TensorInfo& weights,
                           int32_t channel_axis);

// Puts input scale * weight scale / output scale of each channel into the arena.
// kUnsupported: see MakeMultiplier(). Precondition: input and output have one scale, the weights at
// least one.
Verdict MakeMultipliers(PrepareContext& context, const TensorInfo& input, const TensorInfo& weights,
                        const TensorInfo& output, ScaleProduct rounding,
                        ChannelMultipliers* multipliers);

// MakeMultipliers() with the exact product, as convolutions want it, after CheckChannelScales().
// Precondition: input and output have one scale.
Verdict MakeChannelMultipliers(PrepareContext& context, const TensorInfo& input,
                               const TensorInfo& weights, const TensorInfo& output,
                               int32_t channel_axis, ChannelMultipliers* multipliers);

}  // namespace earshot
