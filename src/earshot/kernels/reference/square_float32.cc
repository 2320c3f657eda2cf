// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSquareFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return x * x; });
}

}  // namespace

const Kernel kSquareFloat32 = {kSquareFloat32Key, PrepareElementwiseFloat32, InvokeSquareFloat32};

}  // namespace earshot::reference
