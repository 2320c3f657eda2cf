// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <limits>

#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeReduceMaxFloat32(const InvokeContext& context) {
  Reduce(
      context.data<Reduction>(), context.input<float>(0), context.output<float>(0),
      std::numeric_limits<float>::lowest(),
      [](float value, float element) { return element > value ? element : value; },
      [](float value) { return value; });
}

}  // namespace

const Kernel kReduceMaxFloat32 = {kReduceMaxFloat32Key, PrepareReductionFloat32,
                                  InvokeReduceMaxFloat32};

}  // namespace earshot::reference
