// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/cumsum.h"
#include "earshot/kernels/reference/cumsum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCumsumFloat32(const InvokeContext& context) {
  RunCumsum<float>(
      context, context.data<Cumsum>(), 0.0f, [](float sum, float value) { return sum + value; },
      [](float sum) { return sum; });
}

}  // namespace

const Kernel kCumsumFloat32 = {kCumsumFloat32Key, PrepareCumsumFloat32, InvokeCumsumFloat32};

}  // namespace earshot::reference
