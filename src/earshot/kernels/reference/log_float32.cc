// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeLogFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) { return std::log(x); });
}

}  // namespace

const Kernel kLogFloat32 = {kLogFloat32Key, PrepareElementwiseFloat32, InvokeLogFloat32};

}  // namespace earshot::reference
