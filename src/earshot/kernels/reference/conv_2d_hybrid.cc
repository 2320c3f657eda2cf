// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/conv_2d.h"
#include "earshot/kernels/reference/conv_2d_integer.h"
#include "earshot/kernels/reference/convolution_hybrid.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeConv2DHybrid(const InvokeContext& context) {
  const auto* const filters = context.input<int8_t>(kConvolutionFilter);
  const bool has_one_scale = context.data<ConvolutionHybrid>().hybrid.scales_step == 0;
  ConvolveHybrid(
      context,
      [filters](const ConvolutionShape& shape, const QuantizedRow& image, int32_t y, int32_t x,
                int32_t c) {
        const int32_t filter_size =
            shape.window.height.filter * shape.window.width.filter * shape.input_channels;
        return SumOfIntegerProducts<int32_t>(shape, image.zero_point, image.values,
                                             filters + c * filter_size, y, x);
      },
      // The format's reference multiplies in one order where weights have one scale, in another
      // where they have several.
      [has_one_scale](float sum, float image_scale, float weight_scale) {
        return has_one_scale ? sum * (image_scale * weight_scale)
                             : sum * weight_scale * image_scale;
      });
}

}  // namespace

const Kernel kConv2DHybrid = {kConv2DHybridKey, PrepareConv2DHybrid, InvokeConv2DHybrid};

}  // namespace earshot::reference
