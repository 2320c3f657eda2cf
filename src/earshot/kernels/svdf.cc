// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/svdf.h"

#include "earshot/kernels/convolution.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr size_t kInputs = 5;
constexpr int32_t kRank = 2;  // Of all tensors but the bias.

struct Types {
  TensorType input;  // Of the weights of features and the output, too.
  TensorType state;  // Of the weights of time, too.
  TensorType bias;
};

Verdict CheckMatrix(const PrepareContext& context, StaticText what, const TensorInfo& matrix,
                    int32_t rows, int32_t columns) {
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, what, matrix.rank(), kRank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, what, matrix.dim(0), rows));
  return CheckEqual(context, what, matrix.dim(1), columns);
}

Verdict CheckTypes(const PrepareContext& context, const Types& types) {
  EARSHOT_RETURN_IF_ERROR(
      CheckType(context, "weights: type"_text, context.input(kSvdfFeatureWeights), types.input));
  EARSHOT_RETURN_IF_ERROR(
      CheckType(context, "weights: type"_text, context.input(kSvdfTimeWeights), types.state));
  EARSHOT_RETURN_IF_ERROR(
      CheckType(context, "state: type"_text, context.input(kSvdfState), types.state));
  EARSHOT_RETURN_IF_ERROR(
      CheckVariable(context, "state: a variable tensor"_text, context.input(kSvdfState)));
  return CheckType(context, "output: type"_text, context.output(0), types.input);
}

Verdict CheckInputs(const PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, kSvdfBias, kInputs));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "number of inputs"_text,
                                     static_cast<int32_t>(context.input_count()), kInputs));
  if (context.has_input(kSvdfState)) return Verdict::Ok();
  return context.Invalid("absent input of that number"_text, kSvdfState, 0);
}

Verdict CheckTensors(const PrepareContext& context, const Types& types,
                     const schema::SVDFOptions& options, SvdfShape* shape) {
  EARSHOT_RETURN_IF_ERROR(CheckInputs(context));
  EARSHOT_RETURN_IF_ERROR(CheckTypes(context, types));
  const TensorInfo input = context.input(0);
  const TensorInfo feature_weights = context.input(kSvdfFeatureWeights);
  const TensorInfo time_weights = context.input(kSvdfTimeWeights);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: rank"_text, input.rank(), kRank));
  shape->batches = input.dim(0);
  shape->depth = input.dim(1);
  shape->rank = options.rank();
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "rank"_text, shape->rank, 1));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "weights of time: rank"_text, time_weights.rank(), kRank));
  const int32_t filters = time_weights.dim(0);
  shape->memory = time_weights.dim(1);
  shape->units = filters / shape->rank;
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "filters beyond whole units"_text, filters % shape->rank, 0));
  EARSHOT_RETURN_IF_ERROR(CheckMatrix(context, "weights of features: shape"_text, feature_weights,
                                      filters, shape->depth));
  EARSHOT_RETURN_IF_ERROR(CheckMatrix(context, "state: shape"_text, context.input(kSvdfState),
                                      shape->batches, time_weights.count()));
  EARSHOT_RETURN_IF_ERROR(
      CheckMatrix(context, "output: shape"_text, context.output(0), shape->batches, shape->units));
  shape->has_bias = context.has_input(kSvdfBias) ? 1 : 0;
  if (shape->has_bias == 0) return Verdict::Ok();
  const TensorInfo bias = context.input(kSvdfBias);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "bias: type"_text, bias, types.bias));
  return CheckEqual(context, "bias: number of elements"_text, bias.count(), shape->units);
}

// a * b / output, each step rounded to float as in the format's reference.
Verdict MakeFloatRatio(const PrepareContext& context, const TensorInfo& a, const TensorInfo& b,
                       const TensorInfo& output, QuantizedMultiplier* multiplier) {
  for (const TensorInfo* tensor : {&a, &b, &output}) {
    EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "number of scales"_text, *tensor));
  }
  const PositiveReal product = RoundedToFloat(Product(RealOf(a.scale()), RealOf(b.scale())));
  return MakeMultiplier(context, Quotient(product, RealOf(output.scale()), kFloatBits), multiplier);
}

Verdict PrepareInteger(PrepareContext& context, TensorType state_type) {
  const auto* options = context.options<schema::SVDFOptions>();
  if (options == nullptr) return MissingOptions(context);
  SvdfInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, {TensorType::INT8, state_type, TensorType::INT32},
                                       *options, &data.shape));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "input: depth"_text, data.shape.depth, kMaxInt8Products));
  const TensorInfo input = context.input(0);
  const TensorInfo state = context.input(kSvdfState);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(
      MakeFloatRatio(context, input, context.input(kSvdfFeatureWeights), state, &data.to_state));
  EARSHOT_RETURN_IF_ERROR(
      MakeFloatRatio(context, state, context.input(kSvdfTimeWeights), output, &data.to_output));
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  data.input_zero_point = input.zero_point();
  data.state_zero_point = state.zero_point();
  if (state_type == TensorType::INT16 && data.state_zero_point != 0) {
    return context.Unsupported("state: zero point"_text, data.state_zero_point, 0);
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareSvdfInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8);
}

Verdict PrepareSvdfInt16State(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16);
}

Verdict PrepareSvdfFloat32(PrepareContext& context) {
  constexpr auto kFloat32 = TensorType::FLOAT32;
  const auto* options = context.options<schema::SVDFOptions>();
  if (options == nullptr) return MissingOptions(context);
  SvdfFloat32 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckTensors(context, {kFloat32, kFloat32, kFloat32}, *options, &data.shape));
  EARSHOT_RETURN_IF_ERROR(
      MakeFloatRange(context, options->fused_activation_function(), &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
