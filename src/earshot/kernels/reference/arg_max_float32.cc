// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/arg_max.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeArgMaxFloat32(const InvokeContext& context) {
  InvokeArgMax<float>(context, [](float a, float b) { return a > b; });
}

}  // namespace

const Kernel kArgMaxFloat32 = {kArgMaxFloat32Key, PrepareArgMax, InvokeArgMaxFloat32};

}  // namespace earshot::reference
