// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeRelu6Float32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return x > 6.0f ? 6.0f : x < 0.0f ? 0.0f : x; });
}

}  // namespace

const Kernel kRelu6Float32 = {kRelu6Float32Key, PrepareElementwiseFloat32, InvokeRelu6Float32};

}  // namespace earshot::reference
