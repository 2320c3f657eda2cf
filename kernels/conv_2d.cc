// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/conv_2d.h"

#include "kernels/checks.h"

namespace earshot {
namespace {

constexpr int32_t kChannelAxis = 0;  // Of the filter.

// Preconditions: CheckConvolutionTensors() has been ok and filled in `shape`.
Status FinishShape(const PrepareContext& context, const schema::Conv2DOptions& options,
                   ConvolutionShape* shape) {
  const TensorInfo filter = context.input(kConvolutionFilter);
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: channels", shape->output_channels, filter.dim(kChannelAxis)));
  if (filter.dim(3) != shape->input_channels) {
    return context.Unsupported("filter: input channels (grouped convolution?)", filter.dim(3),
                               shape->input_channels);
  }
  return MakeWindow(context, WindowOptionsOf(options), filter.dim(1), filter.dim(2),
                    context.input(kConvolutionImage), context.output(0), &shape->window);
}

const schema::Conv2DOptions* Options(const PrepareContext& context) {
  return context.options<schema::Conv2DOptions>(schema::BuiltinOptions::Conv2DOptions);
}

}  // namespace

Status PrepareConv2DInt8(PrepareContext& context) {
  const schema::Conv2DOptions* options = Options(context);
  if (options == nullptr) return MissingOptions(context);
  ConvolutionInt8 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckConvolutionTensors(context, TensorType::INT8, TensorType::INT32, &data.shape));
  EARSHOT_RETURN_IF_ERROR(FinishShape(context, *options, &data.shape));
  const TensorInfo filter = context.input(kConvolutionFilter);
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "filter: elements per output channel",
                                      filter.count() / filter.dim(kChannelAxis), kMaxInt8Products));
  EARSHOT_RETURN_IF_ERROR(
      PrepareConvolutionInt8(context, kChannelAxis, options->fused_activation_function(), &data));
  context.SetData(data);
  return OkStatus();
}

Status PrepareConv2DFloat32(PrepareContext& context) {
  const schema::Conv2DOptions* options = Options(context);
  if (options == nullptr) return MissingOptions(context);
  ConvolutionFloat32 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckConvolutionTensors(context, TensorType::FLOAT32, TensorType::FLOAT32, &data.shape));
  EARSHOT_RETURN_IF_ERROR(FinishShape(context, *options, &data.shape));
  EARSHOT_RETURN_IF_ERROR(
      MakeFloatRange(context, options->fused_activation_function(), &data.output));
  context.SetData(data);
  return OkStatus();
}

}  // namespace earshot
