// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/avx2/packed_convolution.h"
#include "earshot/kernels/avx2/packed_dense.h"
#include "earshot/kernels/conv_2d.h"

namespace earshot::avx2 {
namespace {

// Whether the only output along an axis sees all of the input, each value with a tap of its own.
bool CoversAll(const FilterAxis& axis) {
  return axis.output == 1 && axis.padding == 0 && axis.filter == axis.input &&
         (axis.filter == 1 || axis.dilation == 1);
}

// Whether the filters cover the image; short ones are faster as other convolutions are.
bool IsDense(const ConvolutionShape& shape) {
  constexpr int32_t kShort = 256;
  const FilterWindow& window = shape.window;
  return CoversAll(window.height) && CoversAll(window.width) &&
         window.height.filter * window.width.filter * shape.input_channels >= kShort;
}

void PackConv2DInt8(PackContext& context) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  if (!IsDense(shape)) return PackConvolution(context, false);
  if (!HasConstantWeights(context, shape)) return;
  PackDense(context, {op.input<int8_t>(kConvolutionFilter),
                      shape.has_bias != 0 ? op.input<int32_t>(kConvolutionBias) : nullptr,
                      shape.window.height.input * shape.window.width.input * shape.input_channels,
                      shape.output_channels, data.input_zero_point, data.multipliers, data.output});
}

void InvokeConv2DInt8(const InvokeContext& context) {
  const ConvolutionShape& shape = context.data<ConvolutionInteger>().shape;
  if (context.packed<void>() == nullptr) {
    portable::kConv2DInt8.invoke(context);
  } else if (IsDense(shape)) {
    InvokeDense(context, *context.packed<PackedDense>(), context.input<int8_t>(kConvolutionFilter),
                shape.batches);
  } else {
    InvokeConvolution(context, *context.packed<SpreadLayer>());
  }
}

}  // namespace

const Kernel kConv2DInt8 = {kConv2DInt8Key, PrepareConv2DInt8, InvokeConv2DInt8, PackConv2DInt8};

}  // namespace earshot::avx2
