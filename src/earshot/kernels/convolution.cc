// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/convolution.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict CheckBias(const PrepareContext& context, TensorType type, int32_t channels, int32_t* kind) {
  *kind = kNoBias;
  if (!context.has_input(kConvolutionBias)) return Verdict::Ok();
  const TensorInfo bias = context.input(kConvolutionBias);
  const bool is_wide = type == TensorType::INT16 && bias.type == TensorType::INT64;
  *kind = is_wide ? kWideBias : kBias;
  const TensorType wanted = type == TensorType::FLOAT32 ? type : TensorType::INT32;
  if (!is_wide) EARSHOT_RETURN_IF_ERROR(CheckType(context, "bias: type"_text, bias, wanted));
  return CheckEqual(context, "bias: number of elements"_text, bias.count(), channels);
}

Verdict CheckInt4Weights(const PrepareContext& context) {
  const TensorInfo weights = context.input(kConvolutionFilter);
  if (!weights.is_constant()) return context.Unsupported("weights: constant bytes"_text, 0, 1);
  for (const schema::Int64& value : weights.zero_points) {
    const int64_t zero_point = ValueOf(value);
    if (zero_point < -8 || zero_point > 7) {
      return context.Invalid("weights: zero point of four bits"_text, StatusNumber(zero_point),
                             zero_point < 0 ? -8 : 7);
    }
  }
  const int32_t count = weights.count();
  return CheckEqual(context, "weights: constant bytes"_text,
                    StatusNumber(static_cast<int64_t>(weights.data.size())), count / 2 + count % 2);
}

Verdict CheckConvolutionTensors(const PrepareContext& context, TensorType type,
                                ConvolutionShape* shape) {
  constexpr int32_t kFilterRank = 4;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 3));
  const TensorInfo input = context.input(kConvolutionImage);
  const TensorInfo filter = context.input(kConvolutionFilter);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(CheckImages(context, input, output));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "filter: rank"_text, filter.rank(), kFilterRank));
  shape->batches = input.dim(0);
  shape->input_channels = input.dim(3);
  shape->output_channels = output.dim(3);
  shape->depth_multiplier = 0;
  return CheckBias(context, type, shape->output_channels, &shape->has_bias);
}

Verdict PrepareConvolutionInteger(PrepareContext& context, int32_t channel_axis,
                                  schema::ActivationFunctionType activation,
                                  ConvolutionInteger* integer) {
  const TensorInfo input = context.input(kConvolutionImage);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  integer->input_zero_point = input.zero_point();
  EARSHOT_RETURN_IF_ERROR(MakeIntegerOutput(context, activation, output, &integer->output));
  return MakeChannelMultipliers(context, input, context.input(kConvolutionFilter), output,
                                channel_axis, &integer->multipliers);
}

Verdict PrepareConvolutionUint8(PrepareContext& context, schema::ActivationFunctionType activation,
                                ConvolutionUint8* data) {
  const TensorInfo input = context.input(kConvolutionImage);
  const TensorInfo filter = context.input(kConvolutionFilter);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "weights: number of scales"_text, filter));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  data->layer.input_zero_point = input.zero_point();
  data->weights_zero_point = filter.zero_point();
  EARSHOT_RETURN_IF_ERROR(MakeIntegerOutput(context, activation, output, &data->layer.output));
  // As for FULLY_CONNECTED, the product of the scales is rounded to float.
  return MakeMultipliers(context, input, filter, output, ScaleProduct::kRoundedToFloat,
                         &data->layer.multipliers);
}

}  // namespace earshot
