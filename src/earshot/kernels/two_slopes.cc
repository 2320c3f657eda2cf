// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/two_slopes.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using schema::ActivationFunctionType;

constexpr QuantizedMultiplier kOne = {1 << 30, 1};
constexpr QuantizedMultiplier kZero = {};

// Fills in all but both slopes.
Verdict CheckTensors(const PrepareContext& context, ActivationFunctionType activation,
                     TwoSlopes* data) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, input.type));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  data->count = input.count();
  data->input_zero_point = input.zero_point();
  return MakeIntegerOutput(context, activation, output, &data->output);
}

// slope * input scale / output scale. Precondition: the slope is positive.
Verdict MakeRatio(const PrepareContext& context, float slope, QuantizedMultiplier* ratio) {
  const PositiveReal product = Product(RealOf(context.input(0).scale()), RealOf(slope));
  return MakeMultiplier(context, Quotient(product, RealOf(context.output(0).scale()), kDoubleBits),
                        ratio);
}

QuantizedMultiplier Negative(QuantizedMultiplier value) { return {-value.multiplier, value.shift}; }

// The same for any slope that is finite.
Verdict MakeSlope(const PrepareContext& context, float slope, QuantizedMultiplier* multiplier) {
  *multiplier = kZero;
  if (slope == 0) return Verdict::Ok();
  EARSHOT_RETURN_IF_ERROR(MakeRatio(context, slope < 0 ? -slope : slope, multiplier));
  if (slope < 0) *multiplier = Negative(*multiplier);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareAbs(PrepareContext& context) {
  TwoSlopes data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, ActivationFunctionType::NONE, &data));
  EARSHOT_RETURN_IF_ERROR(MakeRatio(context, 1.0f, &data.above));
  data.below = Negative(data.above);
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareLeakyRelu(PrepareContext& context) {
  const auto* options = context.options<schema::LeakyReluOptions>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckFinite(context, "slope is not finite"_text, options->alpha()));
  TwoSlopes data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, ActivationFunctionType::NONE, &data));
  EARSHOT_RETURN_IF_ERROR(MakeRatio(context, 1.0f, &data.above));
  EARSHOT_RETURN_IF_ERROR(MakeSlope(context, options->alpha(), &data.below));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareRelu(PrepareContext& context) {
  TwoSlopes data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, ActivationFunctionType::RELU, &data));
  EARSHOT_RETURN_IF_ERROR(MakeRatio(context, 1.0f, &data.above));
  data.below = kZero;
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareRelu6(PrepareContext& context) {
  TwoSlopes data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, ActivationFunctionType::RELU6, &data));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, context.input(0), context.output(0)));
  data.above = kOne;
  data.below = kZero;
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
