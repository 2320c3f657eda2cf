// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/depthwise_conv_2d.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kChannelAxis = 3;  // Of the filter.

// Preconditions: CheckConvolutionTensors() has been ok and filled in `shape`.
Verdict FinishShape(const PrepareContext& context, const schema::DepthwiseConv2DOptions& options,
                    ConvolutionShape* shape) {
  const TensorInfo filter = context.input(kConvolutionFilter);
  shape->depth_multiplier = options.depth_multiplier();
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "filter: first extent"_text, filter.dim(0), 1));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: channels"_text, shape->output_channels,
                                     filter.dim(kChannelAxis)));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "depth multiplier (wanted: at least)"_text,
                                       shape->depth_multiplier, 1));
  const int64_t channels = static_cast<int64_t>(shape->input_channels) * shape->depth_multiplier;
  if (channels != shape->output_channels) {
    return context.Invalid("output: channels as input channels times depth multiplier"_text,
                           StatusNumber(channels), shape->output_channels);
  }
  return MakeFilterWindow(context, FilterOptionsOf(options), filter.dim(1), filter.dim(2),
                          context.input(kConvolutionImage), context.output(0), &shape->window);
}

constexpr ConvolutionKind<schema::DepthwiseConv2DOptions> kKind = {kChannelAxis, FinishShape};

}  // namespace

Verdict PrepareDepthwiseConv2DInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, kKind);
}

Verdict PrepareDepthwiseConv2DInt16(PrepareContext& context) {
  // Unlike for CONV_2D, the format's reference has only sums of 64 bits for int16.
  if (context.has_input(kConvolutionBias)) {
    const TensorInfo bias = context.input(kConvolutionBias);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "bias: type"_text, bias, TensorType::INT64));
  }
  return PrepareInteger(context, TensorType::INT16, kKind);
}

Verdict PrepareDepthwiseConv2DInt4Weights(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckInt4Weights(context));
  return PrepareDepthwiseConv2DInt8(context);
}

Verdict PrepareDepthwiseConv2DUint8(PrepareContext& context) {
  return PrepareUint8(context, kKind);
}

Verdict PrepareDepthwiseConv2DFloat32(PrepareContext& context) {
  return PrepareFloat32(context, kKind);
}

Verdict PrepareDepthwiseConv2DHybrid(PrepareContext& context) {
  return PrepareHybrid(context, kKind, true);
}

}  // namespace earshot
