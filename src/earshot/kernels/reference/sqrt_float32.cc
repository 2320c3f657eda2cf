// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSqrtFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::sqrt(x); });
}

}  // namespace

const Kernel kSqrtFloat32 = {kSqrtFloat32Key, PrepareElementwiseFloat32, InvokeSqrtFloat32};

}  // namespace earshot::reference
