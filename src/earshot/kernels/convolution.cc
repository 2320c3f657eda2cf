// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/convolution.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict CheckBias(const PrepareContext& context, TensorType type, int32_t channels) {
  const TensorInfo bias = context.input(2);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "bias: type"_text, bias, type));
  return CheckEqual(context, "bias: number of elements"_text, bias.count(), channels);
}

Verdict CheckWeightsType(const PrepareContext& context, const TensorInfo& weights,
                         TensorType wanted) {
  if (wanted == TensorType::FLOAT32 && weights.type == TensorType::INT8) {
    return context.UnsupportedType("hybrid operator (float32 input): weights"_text, weights.type,
                                   wanted);
  }
  return CheckType(context, "weights: type"_text, weights, wanted);
}

Verdict CheckConvolutionTensors(const PrepareContext& context, TensorType activation_type,
                                TensorType bias_type, ConvolutionShape* shape) {
  constexpr int32_t kFilterRank = 4;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 3));
  const TensorInfo input = context.input(kConvolutionImage);
  const TensorInfo filter = context.input(kConvolutionFilter);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, activation_type));
  EARSHOT_RETURN_IF_ERROR(CheckWeightsType(context, filter, activation_type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, activation_type));
  EARSHOT_RETURN_IF_ERROR(CheckImages(context, input, output));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "filter: rank"_text, filter.rank(), kFilterRank));
  shape->batches = input.dim(0);
  shape->input_channels = input.dim(3);
  shape->output_channels = output.dim(3);
  shape->depth_multiplier = 0;
  shape->has_bias = context.has_input(kConvolutionBias) ? 1 : 0;
  if (shape->has_bias == 0) return Verdict::Ok();
  return CheckBias(context, bias_type, shape->output_channels);
}

Verdict PrepareConvolutionInt8(PrepareContext& context, int32_t channel_axis,
                               schema::ActivationFunctionType activation, ConvolutionInt8* int8) {
  const TensorInfo input = context.input(kConvolutionImage);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  int8->input_zero_point = input.zero_point();
  EARSHOT_RETURN_IF_ERROR(MakeIntegerOutput(context, activation, output, &int8->output));
  return MakeChannelMultipliers(context, input, context.input(kConvolutionFilter), output,
                                channel_axis, &int8->multipliers);
}

}  // namespace earshot
