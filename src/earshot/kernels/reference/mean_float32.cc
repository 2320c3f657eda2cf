// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mean.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMeanFloat32(const InvokeContext& context) {
  const auto& data = context.data<Reduction>();
  const auto count = static_cast<float>(data.reduced_count);
  Reduce(
      data, context.input<float>(0), context.output<float>(0), 0.0f,
      [](float sum, float value) { return sum + value; },
      [count](float sum) { return sum / count; });
}

}  // namespace

const Kernel kMeanFloat32 = {kMeanFloat32Key, PrepareReductionFloat32, InvokeMeanFloat32};

}  // namespace earshot::reference
