// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What CONV_2D and DEPTHWISE_CONV_2D share: their shapes, and the numbers that an integer, float32
// or hybrid implementation finds in the arena.
//
//   input 0: image [batches, height, width, input_channels]
//   input 1: filter; [output_channels, height, width, input_channels] for CONV_2D,
//            [1, height, width, output_channels] for DEPTHWISE_CONV_2D
//   input 2: optional bias, one per output channel (int32 where the image is int8 or uint8, int64
//   or
//            int32 where it is int16, whose filter is int8)
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/filter_window.h"
#include "earshot/kernels/hybrid.h"
#include "earshot/kernels/prepare_checks.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// What has_bias says. Sums of int16 have as many bits as their bias, or 32 without one (64 for
// DEPTHWISE_CONV_2D).
enum BiasKind : int32_t { kNoBias, kBias, kWideBias };  // kWideBias: int64.

struct ConvolutionShape {
  FilterWindow window;
  int32_t batches;
  int32_t input_channels;
  int32_t output_channels;
  int32_t depth_multiplier;  // DEPTHWISE_CONV_2D: output channels per input channel; else 0.
  int32_t has_bias;          // See BiasKind.
};

struct ConvolutionInteger {
  ConvolutionShape shape;
  int32_t input_zero_point;
  IntegerOutput output;
  ChannelMultipliers multipliers;
};

struct ConvolutionUint8 {
  ConvolutionInteger layer;
  int32_t weights_zero_point;
};

struct ConvolutionFloat32 {
  ConvolutionShape shape;
  FloatRange output;
};

struct ConvolutionHybrid {
  ConvolutionFloat32 layer;
  Hybrid hybrid;
};

// Conv2DOptions and DepthwiseConv2DOptions name these alike.
template <typename Options>
FilterOptions FilterOptionsOf(const Options& options) {
  return {options.padding(), options.stride_h(), options.stride_w(), options.dilation_h_factor(),
          options.dilation_w_factor()};
}

// Which tensors the operator has and which axis of the filter counts output channels.
constexpr size_t kConvolutionImage = 0;
constexpr size_t kConvolutionFilter = 1;
constexpr size_t kConvolutionBias = 2;

// Checks number, ranks and types of inputs and output, and the bias; fills all of `shape` but the
// window, input channels per filter and depth_multiplier. `type` is that of image and output; the
// key has told that of the filter.
Verdict CheckConvolutionTensors(const PrepareContext& context, TensorType type,
                                ConvolutionShape* shape);

// Fills all of `integer` but `shape`. `channel_axis`: the filter's axis of output channels.
Verdict PrepareConvolutionInteger(PrepareContext& context, int32_t channel_axis,
                                  schema::ActivationFunctionType activation,
                                  ConvolutionInteger* integer);

// The same for uint8, whose weights have one scale and zero point. kInvalidModel where they do not.
Verdict PrepareConvolutionUint8(PrepareContext& context, schema::ActivationFunctionType activation,
                                ConvolutionUint8* data);

// The optional input 2 of a fully connected or convolution operator whose input is `type`: one
// number for each of `channels`. Fills in `kind`, a BiasKind.
Verdict CheckBias(const PrepareContext& context, TensorType type, int32_t channels, int32_t* kind);

// That weights of four bits (input 1) are constant and all there, and their zero points such
// numbers, which the verifier does not see to. kUnsupported where they are computed, kInvalidModel
// where bytes are missing or a zero point is out of range.
Verdict CheckInt4Weights(const PrepareContext& context);

// The type of weights where the input is `type`.
constexpr TensorType WeightsType(TensorType type) {
  return type == TensorType::INT16 ? TensorType::INT8 : type;
}

// ------------------------------------------------------------------------------------------------
// The prepare functions of both operators; what sets the operators apart is a ConvolutionKind.

template <typename Options>
struct ConvolutionKind {
  int32_t channel_axis;  // The filter's axis of output channels.
  // Checks filter and output against the options and fills what CheckConvolutionTensors() leaves.
  Verdict (*finish_shape)(const PrepareContext& context, const Options& options,
                          ConvolutionShape* shape);
};

template <typename Options>
Verdict PrepareInteger(PrepareContext& context, TensorType type,
                       const ConvolutionKind<Options>& kind) {
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  ConvolutionInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckConvolutionTensors(context, type, &data.shape));
  EARSHOT_RETURN_IF_ERROR(kind.finish_shape(context, *options, &data.shape));
  const TensorInfo filter = context.input(kConvolutionFilter);
  if (type == TensorType::INT8) {
    EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "filter: elements per output channel"_text,
                                        filter.count() / filter.dim(kind.channel_axis),
                                        kMaxInt8Products));
  }
  EARSHOT_RETURN_IF_ERROR(PrepareConvolutionInteger(context, kind.channel_axis,
                                                    options->fused_activation_function(), &data));
  if (type == TensorType::INT16) {
    EARSHOT_RETURN_IF_ERROR(
        CheckZeroPointZero(context, "input: zero point"_text, context.input(kConvolutionImage)));
    EARSHOT_RETURN_IF_ERROR(
        CheckZeroPointZero(context, "output: zero point"_text, context.output(0)));
  }
  context.SetData(data);
  return Verdict::Ok();
}

template <typename Options>
Verdict PrepareUint8(PrepareContext& context, const ConvolutionKind<Options>& kind) {
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  ConvolutionUint8 data;
  EARSHOT_RETURN_IF_ERROR(CheckConvolutionTensors(context, TensorType::UINT8, &data.layer.shape));
  EARSHOT_RETURN_IF_ERROR(kind.finish_shape(context, *options, &data.layer.shape));
  const TensorInfo filter = context.input(kConvolutionFilter);
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "filter: elements per output channel"_text,
                                      filter.count() / filter.dim(kind.channel_axis),
                                      kMaxProductsWithZeroPoint));
  EARSHOT_RETURN_IF_ERROR(
      PrepareConvolutionUint8(context, options->fused_activation_function(), &data));
  context.SetData(data);
  return Verdict::Ok();
}

template <typename Options>
Verdict MakeFloat32(const PrepareContext& context, const ConvolutionKind<Options>& kind,
                    ConvolutionFloat32* data) {
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckConvolutionTensors(context, TensorType::FLOAT32, &data->shape));
  EARSHOT_RETURN_IF_ERROR(kind.finish_shape(context, *options, &data->shape));
  return MakeFloatRange(context, options->fused_activation_function(), &data->output);
}

template <typename Options>
Verdict PrepareFloat32(PrepareContext& context, const ConvolutionKind<Options>& kind) {
  ConvolutionFloat32 data;
  EARSHOT_RETURN_IF_ERROR(MakeFloat32(context, kind, &data));
  context.SetData(data);
  return Verdict::Ok();
}

template <typename Options>
Verdict PrepareHybrid(PrepareContext& context, const ConvolutionKind<Options>& kind,
                      bool has_zero_point) {
  ConvolutionHybrid data;
  EARSHOT_RETURN_IF_ERROR(MakeFloat32(context, kind, &data.layer));
  const int32_t image = context.input(kConvolutionImage).count() / data.layer.shape.batches;
  EARSHOT_RETURN_IF_ERROR(
      MakeHybrid(context, kind.channel_axis, image, has_zero_point, &data.hybrid));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
