// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/l2_normalization.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {
namespace {

void InvokeL2NormalizationFloat32(const InvokeContext& context) {
  constexpr float kLeastNorm = 1e-6f;
  const auto& shape = context.data<SoftmaxShape>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<float>(0);
  for (int32_t row = 0; row < shape.rows; ++row) {
    float squares = 0;
    for (int32_t i = 0; i < shape.depth; ++i) squares += input[i] * input[i];
    const float norm = std::sqrt(squares);
    const float divisor = norm < kLeastNorm ? kLeastNorm : norm;
    for (int32_t i = 0; i < shape.depth; ++i) output[i] = input[i] / divisor;
    input += shape.depth;
    output += shape.depth;
  }
}

}  // namespace

const Kernel kL2NormalizationFloat32 = {kL2NormalizationFloat32Key, PrepareL2NormalizationFloat32,
                                        InvokeL2NormalizationFloat32};

}  // namespace earshot::reference
