// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mul.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeMulFloat32(const InvokeContext& context) {
  InvokePairFloat32(context, [](float a, float b) { return a * b; });
}

}  // namespace

const Kernel kMulFloat32 = {kMulFloat32Key, PrepareMulFloat32, InvokeMulFloat32};

}  // namespace earshot::reference
