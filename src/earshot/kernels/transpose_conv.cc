// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/transpose_conv.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kChannelAxis = 0;  // Of the filter.

Verdict CheckBiasOf(const PrepareContext& context, TensorType wanted, ConvolutionShape* shape) {
  shape->has_bias = context.has_input(kTransposeConvBias) ? kBias : kNoBias;
  if (shape->has_bias == kNoBias) return Verdict::Ok();
  const TensorInfo bias = context.input(kTransposeConvBias);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "bias: type"_text, bias, wanted));
  return CheckEqual(context, "bias: number of elements"_text, bias.count(), shape->output_channels);
}

Verdict CheckTensors(const PrepareContext& context, TensorType type, TensorType bias_type,
                     const schema::TransposeConvOptions& options, ConvolutionShape* shape) {
  constexpr int32_t kFilterRank = 4;
  constexpr int32_t kNoDilation = 1;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 4));
  const TensorInfo filter = context.input(kTransposeConvFilter);
  const TensorInfo image = context.input(kTransposeConvImage);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "weights: type"_text, filter, WeightsType(type)));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(CheckImages(context, image, output));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "filter: rank"_text, filter.rank(), kFilterRank));
  shape->batches = image.dim(0);
  shape->input_channels = image.dim(3);
  shape->output_channels = output.dim(3);
  shape->depth_multiplier = 0;
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "filter: output channels"_text,
                                     filter.dim(kChannelAxis), shape->output_channels));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "filter: input channels"_text, filter.dim(3), shape->input_channels));
  EARSHOT_RETURN_IF_ERROR(CheckBiasOf(context, bias_type, shape));
  return MakeFilterWindow(
      context,
      {options.padding(), options.stride_h(), options.stride_w(), kNoDilation, kNoDilation},
      filter.dim(1), filter.dim(2), output, image, &shape->window);
}

Verdict PrepareInteger(PrepareContext& context, TensorType type, TensorType bias_type) {
  const auto* options = context.options<schema::TransposeConvOptions>();
  if (options == nullptr) return MissingOptions(context);
  ConvolutionInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, type, bias_type, *options, &data.shape));
  const TensorInfo filter = context.input(kTransposeConvFilter);
  const TensorInfo image = context.input(kTransposeConvImage);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, image));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  if (type == TensorType::INT16) {
    EARSHOT_RETURN_IF_ERROR(CheckZeroPointZero(context, "input: zero point"_text, image));
    EARSHOT_RETURN_IF_ERROR(CheckZeroPointZero(context, "output: zero point"_text, output));
  } else {
    EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "filter: elements per output channel"_text,
                                        filter.count() / filter.dim(kChannelAxis),
                                        kMaxInt8Products));
  }
  data.input_zero_point = image.zero_point();
  // The format's reference leaves the options' activation function out, too.
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  EARSHOT_RETURN_IF_ERROR(
      MakeChannelMultipliers(context, image, filter, output, kChannelAxis, &data.multipliers));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareTransposeConvInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, TensorType::INT32);
}

Verdict PrepareTransposeConvInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16, TensorType::INT64);
}

Verdict PrepareTransposeConvFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::TransposeConvOptions>();
  if (options == nullptr) return MissingOptions(context);
  ConvolutionFloat32 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckTensors(context, TensorType::FLOAT32, TensorType::FLOAT32, *options, &data.shape));
  EARSHOT_RETURN_IF_ERROR(
      MakeFloatRange(context, options->fused_activation_function(), &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
