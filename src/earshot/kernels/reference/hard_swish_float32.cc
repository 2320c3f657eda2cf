// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// x * relu6(x + 3) / 6
float HardSwish(float x) {
  const float raised = x + 3.0f > 0.0f ? x + 3.0f : 0.0f;
  return x * (raised < 6.0f ? raised : 6.0f) / 6.0f;
}

void InvokeHardSwishFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, HardSwish);
}

}  // namespace

const Kernel kHardSwishFloat32 = {kHardSwishFloat32Key, PrepareElementwiseFloat32,
                                  InvokeHardSwishFloat32};

}  // namespace earshot::reference
