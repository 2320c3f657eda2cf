// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeRsqrtFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return 1.0f / std::sqrt(x); });
}

}  // namespace

const Kernel kRsqrtFloat32 = {kRsqrtFloat32Key, PrepareElementwiseFloat32, InvokeRsqrtFloat32};

}  // namespace earshot::reference
