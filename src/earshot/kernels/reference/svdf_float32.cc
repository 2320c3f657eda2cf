// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/svdf_layer.h"
#include "earshot/kernels/svdf.h"
#include "earshot/kernels/variable_tensor.h"

namespace earshot::reference {
namespace {

void InvokeSvdfFloat32(const InvokeContext& context) {
  const auto& data = context.data<SvdfFloat32>();
  const SvdfShape& shape = data.shape;
  const auto* bias = shape.has_bias != 0 ? context.input<float>(kSvdfBias) : nullptr;
  auto* const state = VariableTensor(context, kSvdfState, StateCount(shape), 0.0f);
  MoveOn<float>(context, shape, state, [&](const float* x, const float* weights) {
    float sum = 0;
    for (int32_t i = 0; i < shape.depth; ++i) sum += weights[i] * x[i];
    return sum;
  });
  SumUpUnits<float>(context, shape, state,
                    [&](int32_t unit, const float* weights, const float* numbers) {
                      float sum = bias != nullptr ? bias[unit] : 0.0f;
                      for (int32_t filter = 0; filter < shape.rank; ++filter) {
                        float of_filter = 0;
                        for (int32_t i = 0; i < shape.memory; ++i)
                          of_filter += *weights++ * *numbers++;
                        sum += of_filter;
                      }
                      return Clamp(sum, data.output);
                    });
}

}  // namespace

const Kernel kSvdfFloat32 = {kSvdfFloat32Key, PrepareSvdfFloat32, InvokeSvdfFloat32};

}  // namespace earshot::reference
