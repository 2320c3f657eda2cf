// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/quantization.h"

#include <limits>

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using schema::ActivationFunctionType;

// `value` in steps of `scale`, ties away from zero; beyond the range of int16, whatever the zero
// point, all numbers are alike. The quotient is float's, as in the format's reference.
int32_t InSteps(float value, float scale) {
  constexpr int32_t kBeyond = 1 << 16;
  return RoundedToInteger(Quotient(RealOf(value), RealOf(scale), kFloatBits), kBeyond);
}

struct TypeRange {
  int32_t lowest;
  int32_t highest;
};

TypeRange RangeOf(TensorType type) {
  if (type == TensorType::INT16) return {INT16_MIN, INT16_MAX};
  if (type == TensorType::UINT8) return {0, UINT8_MAX};
  return {INT8_MIN, INT8_MAX};
}

Verdict UnknownActivation(const PrepareContext& context, ActivationFunctionType activation) {
  return context.Unsupported("fused activation function (wanted: at most)"_text,
                             static_cast<int32_t>(activation),
                             static_cast<int32_t>(ActivationFunctionType::RELU6));
}

}  // namespace

QuantizedMultiplier QuantizeMultiplier(PositiveReal value) {
  if (value.mantissa == 0) return {};
  const PositiveReal normalized = Normalized(value);
  // From 63 bits to 31.
  constexpr int32_t kDropped = 32;
  auto rounded =
      static_cast<uint32_t>((normalized.mantissa + (uint64_t{1} << (kDropped - 1))) >> kDropped);
  int32_t exponent = normalized.exponent + kNormalizedBits;
  if (rounded > INT32_MAX) {
    rounded /= 2;
    ++exponent;
  }
  if (exponent < -31) return {};
  return {static_cast<int32_t>(rounded), exponent};
}

Verdict MakeMultiplier(const PrepareContext& context, PositiveReal value,
                       QuantizedMultiplier* multiplier, int32_t most_shift) {
  *multiplier = QuantizeMultiplier(value);
  return CheckAtMost(context, "ratio of scales as a power of two (wanted: at most)"_text,
                     multiplier->shift, most_shift);
}

Verdict MakeIntegerOutput(const PrepareContext& context, ActivationFunctionType activation,
                          const TensorInfo& output, IntegerOutput* result) {
  const int32_t zero_point = output.zero_point();
  const float scale = output.scale();
  const TypeRange range = RangeOf(output.type);
  int32_t lowest = range.lowest - zero_point;
  int32_t highest = range.highest - zero_point;
  const auto raise = [&lowest](int32_t limit) { lowest = lowest < limit ? limit : lowest; };
  const auto lower = [&highest](int32_t limit) { highest = highest > limit ? limit : highest; };
  switch (activation) {
    case ActivationFunctionType::NONE:
      break;
    case ActivationFunctionType::RELU:
      raise(0);
      break;
    case ActivationFunctionType::RELU_N1_TO_1:
      raise(-InSteps(1.0f, scale));
      lower(InSteps(1.0f, scale));
      break;
    case ActivationFunctionType::RELU6:
      raise(0);
      lower(InSteps(6.0f, scale));
      break;
    default:
      return UnknownActivation(context, activation);
  }
  *result = {zero_point, lowest, highest};
  return Verdict::Ok();
}

Verdict MakeFloatRange(const PrepareContext& context, ActivationFunctionType activation,
                       FloatRange* result) {
  constexpr float kLowest = std::numeric_limits<float>::lowest();
  constexpr float kHighest = std::numeric_limits<float>::max();
  switch (activation) {
    case ActivationFunctionType::NONE:
      *result = {kLowest, kHighest};
      return Verdict::Ok();
    case ActivationFunctionType::RELU:
      *result = {0.0f, kHighest};
      return Verdict::Ok();
    case ActivationFunctionType::RELU_N1_TO_1:
      *result = {-1.0f, 1.0f};
      return Verdict::Ok();
    case ActivationFunctionType::RELU6:
      *result = {0.0f, 6.0f};
      return Verdict::Ok();
    default:
      return UnknownActivation(context, activation);
  }
}

Verdict MakeMultipliers(PrepareContext& context, const TensorInfo& input, const TensorInfo& weights,
                        const TensorInfo& output, ScaleProduct rounding,
                        ChannelMultipliers* multipliers) {
  const auto make = [&](float weight_scale, QuantizedMultiplier* multiplier) {
    PositiveReal product = Product(RealOf(input.scale()), RealOf(weight_scale));
    if (rounding == ScaleProduct::kRoundedToFloat) product = RoundedToFloat(product);
    const PositiveReal ratio = Quotient(product, RealOf(output.scale()), kDoubleBits);
    return MakeMultiplier(context, ratio, multiplier,
                          input.type == TensorType::INT16 ? kMaxWideShift : kMaxShift);
  };
  // First without memory, which may be too small: then there would be no errors.
  QuantizedMultiplier multiplier;
  for (const float scale : weights.scales) EARSHOT_RETURN_IF_ERROR(make(scale, &multiplier));
  const size_t count = weights.scales.size();
  multipliers->step = count > 1 ? 1 : 0;
  const float* scale = weights.scales.data();
  for (QuantizedMultiplier& place :
       context.AllocateArray<QuantizedMultiplier>(count, &multipliers->offset)) {
    EARSHOT_RETURN_IF_ERROR(make(*scale++, &place));
  }
  return Verdict::Ok();
}

Verdict CheckChannelScales(const PrepareContext& context, const TensorInfo& weights,
                           int32_t channel_axis) {
  const size_t count = weights.scales.size();
  if (count == 0) return context.Invalid("weights: number of scales (wanted: at least)"_text, 0, 1);
  if (count > 1) {
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "weights: quantized dimension"_text,
                                       weights.quantized_dimension, channel_axis));
  }
  for (const schema::Int64& zero_point : weights.zero_points) {
    const auto number = static_cast<int32_t>(zero_point.low());
    if (number != 0) return context.Unsupported("weights: zero point"_text, number, 0);
  }
  return Verdict::Ok();
}

Verdict MakeChannelMultipliers(PrepareContext& context, const TensorInfo& input,
                               const TensorInfo& weights, const TensorInfo& output,
                               int32_t channel_axis, ChannelMultipliers* multipliers) {
  EARSHOT_RETURN_IF_ERROR(CheckChannelScales(context, weights, channel_axis));
  return MakeMultipliers(context, input, weights, output, ScaleProduct::kExact, multipliers);
}

}  // namespace earshot
