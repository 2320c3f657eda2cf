// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/conv_2d.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kChannelAxis = 0;  // Of the filter.

// Preconditions: CheckConvolutionTensors() has been ok and filled in `shape`.
Verdict FinishShape(const PrepareContext& context, const schema::Conv2DOptions& options,
                    ConvolutionShape* shape) {
  const TensorInfo filter = context.input(kConvolutionFilter);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: channels"_text, shape->output_channels,
                                     filter.dim(kChannelAxis)));
  if (filter.dim(3) != shape->input_channels) {
    return context.Unsupported("filter: input channels (grouped convolution?)"_text, filter.dim(3),
                               shape->input_channels);
  }
  return MakeFilterWindow(context, FilterOptionsOf(options), filter.dim(1), filter.dim(2),
                          context.input(kConvolutionImage), context.output(0), &shape->window);
}

constexpr ConvolutionKind<schema::Conv2DOptions> kKind = {kChannelAxis, FinishShape};

}  // namespace

Verdict PrepareConv2DInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, kKind);
}

Verdict PrepareConv2DInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16, kKind);
}

Verdict PrepareConv2DInt4Weights(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckInt4Weights(context));
  return PrepareConv2DInt8(context);
}

Verdict PrepareConv2DUint8(PrepareContext& context) { return PrepareUint8(context, kKind); }

Verdict PrepareConv2DFloat32(PrepareContext& context) { return PrepareFloat32(context, kKind); }

Verdict PrepareConv2DHybrid(PrepareContext& context) {
  const bool is_per_channel = context.input(kConvolutionFilter).scales.size() > 1;
  return PrepareHybrid(context, kKind, is_per_channel);
}

}  // namespace earshot
