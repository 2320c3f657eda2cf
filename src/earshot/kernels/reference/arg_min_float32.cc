// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/arg_max.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeArgMinFloat32(const InvokeContext& context) {
  InvokeArgMax<float>(context, [](float a, float b) { return a < b; });
}

}  // namespace

const Kernel kArgMinFloat32 = {kArgMinFloat32Key, PrepareArgMax, InvokeArgMinFloat32};

}  // namespace earshot::reference
