// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/transpose_conv.h"
#include "earshot/kernels/transpose_conv.h"

namespace earshot::reference {
namespace {

void InvokeTransposeConvFloat32(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionFloat32>();
  const ConvolutionShape& shape = data.shape;
  const auto* bias = shape.has_bias != kNoBias ? context.input<float>(kTransposeConvBias) : nullptr;
  RunTransposeConv<float, float>(
      context, shape, 0.0f,
      [&](float sum, const float* pixel, const float* weights) {
        for (int32_t c = 0; c < shape.input_channels; ++c) sum += pixel[c] * weights[c];
        return sum;
      },
      [&](int32_t channel, float sum) {
        return Clamp(bias != nullptr ? sum + bias[channel] : sum, data.output);
      });
}

}  // namespace

const Kernel kTransposeConvFloat32 = {kTransposeConvFloat32Key, PrepareTransposeConvFloat32,
                                      InvokeTransposeConvFloat32};

}  // namespace earshot::reference
