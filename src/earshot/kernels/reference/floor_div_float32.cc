// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/div.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The quotient is double's, as in the format's reference.
void InvokeFloorDivFloat32(const InvokeContext& context) {
  InvokeBroadcast<float>(context, [](float a, float b) {
    return static_cast<float>(std::floor(static_cast<double>(a) / static_cast<double>(b)));
  });
}

}  // namespace

const Kernel kFloorDivFloat32 = {kFloorDivFloat32Key, PrepareBroadcastFloat32,
                                 InvokeFloorDivFloat32};

}  // namespace earshot::reference
