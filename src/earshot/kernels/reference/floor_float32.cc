// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFloorFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::floor(x); });
}

}  // namespace

const Kernel kFloorFloat32 = {kFloorFloat32Key, PrepareElementwiseFloat32, InvokeFloorFloat32};

}  // namespace earshot::reference
