// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/depthwise_conv_2d.h"

#include "earshot/kernels/avx512vnni/kernels.h"
#include "earshot/kernels/avx512vnni/packed_depthwise.h"
#include "earshot/kernels/avx512vnni/packed_layer.h"

namespace earshot::avx512vnni {
namespace {

bool SeesOneChannel(const ConvolutionShape& shape) { return shape.input_channels == 1; }

void PackDepthwiseConv2DInt8(PackContext& context) {
  const ConvolutionShape& shape = context.op().data<ConvolutionInteger>().shape;
  if (SeesOneChannel(shape)) {
    PackConvolution(context, true);
  } else if (shape.depth_multiplier == 1) {
    PackDepthwise(context);
  }
}

void InvokeDepthwiseConv2DInt8(const InvokeContext& context) {
  if (context.packed<void>() == nullptr) {
    avx2::kDepthwiseConv2DInt8.invoke(context);
  } else if (SeesOneChannel(context.data<ConvolutionInteger>().shape)) {
    InvokeLayer(context, *context.packed<avx2::SpreadLayer>());
  } else {
    InvokeDepthwise(context, *context.packed<PackedDepthwise>());
  }
}

}  // namespace

const Kernel kDepthwiseConv2DInt8 = {kDepthwiseConv2DInt8Key, PrepareDepthwiseConv2DInt8,
                                     InvokeDepthwiseConv2DInt8, PackDepthwiseConv2DInt8};

}  // namespace earshot::avx512vnni
