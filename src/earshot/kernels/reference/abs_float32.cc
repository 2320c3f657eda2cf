// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAbsFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::fabs(x); });
}

}  // namespace

const Kernel kAbsFloat32 = {kAbsFloat32Key, PrepareElementwiseFloat32, InvokeAbsFloat32};

}  // namespace earshot::reference
