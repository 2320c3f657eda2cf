// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeNegFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return -x; });
}

}  // namespace

const Kernel kNegFloat32 = {kNegFloat32Key, PrepareElementwiseFloat32, InvokeNegFloat32};

}  // namespace earshot::reference
