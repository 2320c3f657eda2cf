// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCeilFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::ceil(x); });
}

}  // namespace

const Kernel kCeilFloat32 = {kCeilFloat32Key, PrepareElementwiseFloat32, InvokeCeilFloat32};

}  // namespace earshot::reference
