// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeTanhFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::tanh(x); });
}

}  // namespace

const Kernel kTanhFloat32 = {kTanhFloat32Key, PrepareElementwiseFloat32, InvokeTanhFloat32};

}  // namespace earshot::reference
