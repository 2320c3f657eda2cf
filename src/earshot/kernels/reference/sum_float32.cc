// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSumFloat32(const InvokeContext& context) {
  Reduce(
      context.data<Reduction>(), context.input<float>(0), context.output<float>(0), 0.0f,
      [](float value, float element) { return value + element; },
      [](float value) { return value; });
}

}  // namespace

const Kernel kSumFloat32 = {kSumFloat32Key, PrepareReductionFloat32, InvokeSumFloat32};

}  // namespace earshot::reference
