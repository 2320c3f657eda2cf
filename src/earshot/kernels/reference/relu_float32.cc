// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeReluFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return x < 0.0f ? 0.0f : x; });
}

}  // namespace

const Kernel kReluFloat32 = {kReluFloat32Key, PrepareElementwiseFloat32, InvokeReluFloat32};

}  // namespace earshot::reference
