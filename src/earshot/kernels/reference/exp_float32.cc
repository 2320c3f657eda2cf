// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeExpFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::exp(x); });
}

}  // namespace

const Kernel kExpFloat32 = {kExpFloat32Key, PrepareElementwiseFloat32, InvokeExpFloat32};

}  // namespace earshot::reference
