// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeEluFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return x < 0.0f ? std::expm1(x) : x; });
}

}  // namespace

const Kernel kEluFloat32 = {kEluFloat32Key, PrepareElementwiseFloat32, InvokeEluFloat32};

}  // namespace earshot::reference
