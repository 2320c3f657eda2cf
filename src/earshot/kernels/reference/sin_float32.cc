// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSinFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::sin(x); });
}

}  // namespace

const Kernel kSinFloat32 = {kSinFloat32Key, PrepareElementwiseFloat32, InvokeSinFloat32};

}  // namespace earshot::reference
