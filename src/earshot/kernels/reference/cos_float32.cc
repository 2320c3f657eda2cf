// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCosFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::cos(x); });
}

}  // namespace

const Kernel kCosFloat32 = {kCosFloat32Key, PrepareElementwiseFloat32, InvokeCosFloat32};

}  // namespace earshot::reference
