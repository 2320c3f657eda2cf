// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/div.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The remainder that has the divisor's sign.
float FloorMod(float a, float b) {
  const float rest = std::fmod(a, b);
  return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
}

void InvokeFloorModFloat32(const InvokeContext& context) {
  InvokeBroadcast<float>(context, FloorMod);
}

}  // namespace

const Kernel kFloorModFloat32 = {kFloorModFloat32Key, PrepareBroadcastFloat32,
                                 InvokeFloorModFloat32};

}  // namespace earshot::reference
