// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>
#include <limits>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {
namespace {

void InvokeLogSoftmaxFloat32(const InvokeContext& context) {
  const auto& shape = context.data<SoftmaxShape>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<float>(0);
  for (int32_t row = 0; row < shape.rows; ++row) {
    float maximum = std::numeric_limits<float>::lowest();
    for (int32_t i = 0; i < shape.depth; ++i) maximum = input[i] > maximum ? input[i] : maximum;
    float sum = 0;
    for (int32_t i = 0; i < shape.depth; ++i) sum += std::exp(input[i] - maximum);
    const float log_of_sum = std::log(sum);
    for (int32_t i = 0; i < shape.depth; ++i) output[i] = input[i] - maximum - log_of_sum;
    input += shape.depth;
    output += shape.depth;
  }
}

}  // namespace

const Kernel kLogSoftmaxFloat32 = {kLogSoftmaxFloat32Key, PrepareLogSoftmaxFloat32,
                                   InvokeLogSoftmaxFloat32};

}  // namespace earshot::reference
