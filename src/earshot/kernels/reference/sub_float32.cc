// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/sub.h"

namespace earshot::reference {
namespace {

void InvokeSubFloat32(const InvokeContext& context) {
  InvokePairFloat32(context, [](float a, float b) { return a - b; });
}

}  // namespace

const Kernel kSubFloat32 = {kSubFloat32Key, PrepareSubFloat32, InvokeSubFloat32};

}  // namespace earshot::reference
