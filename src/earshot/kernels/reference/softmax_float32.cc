// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {
namespace {

void SoftmaxRow(const SoftmaxFloat32& data, const float* input, float* output) {
  const int32_t depth = data.shape.depth;
  // Subtracting the maximum changes no quotient and keeps exponentials from overflowing.
  float maximum = input[0];
  for (int32_t i = 1; i < depth; ++i) maximum = input[i] > maximum ? input[i] : maximum;
  float sum = 0;
  for (int32_t i = 0; i < depth; ++i) {
    output[i] = std::exp((input[i] - maximum) * data.beta);
    sum += output[i];
  }
  for (int32_t i = 0; i < depth; ++i) output[i] /= sum;
}

void InvokeSoftmaxFloat32(const InvokeContext& context) {
  const auto& data = context.data<SoftmaxFloat32>();
  const auto* input = context.input<float>(0);
  auto* output = context.output<float>(0);
  for (int32_t row = 0; row < data.shape.rows; ++row) {
    SoftmaxRow(data, input, output);
    input += data.shape.depth;
    output += data.shape.depth;
  }
}

}  // namespace

const Kernel kSoftmaxFloat32 = {kSoftmaxFloat32Key, PrepareSoftmaxFloat32, InvokeSoftmaxFloat32};

}  // namespace earshot::reference
