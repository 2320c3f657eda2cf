// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/add.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAddFloat32(const InvokeContext& context) {
  InvokePairFloat32(context, [](float a, float b) { return a + b; });
}

}  // namespace

const Kernel kAddFloat32 = {kAddFloat32Key, PrepareAddFloat32, InvokeAddFloat32};

}  // namespace earshot::reference
