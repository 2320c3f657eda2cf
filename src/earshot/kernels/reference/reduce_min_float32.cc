// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <limits>

#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeReduceMinFloat32(const InvokeContext& context) {
  Reduce(
      context.data<Reduction>(), context.input<float>(0), context.output<float>(0),
      std::numeric_limits<float>::max(),
      [](float value, float element) { return element < value ? element : value; },
      [](float value) { return value; });
}

}  // namespace

const Kernel kReduceMinFloat32 = {kReduceMinFloat32Key, PrepareReductionFloat32,
                                  InvokeReduceMinFloat32};

}  // namespace earshot::reference
