// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/div.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeDivFloat32(const InvokeContext& context) {
  InvokePairFloat32(context, [](float a, float b) { return a / b; });
}

}  // namespace

const Kernel kDivFloat32 = {kDivFloat32Key, PrepareDivFloat32, InvokeDivFloat32};

}  // namespace earshot::reference
