// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// To the nearest integer, ties to the even one; -0.4 gives 0 without a sign.
float RoundedToEven(float x) {
  const float below = std::floor(x);
  const float rest = x - below;
  const bool below_is_even = std::floor(below / 2.0f) * 2.0f == below;
  return rest < 0.5f || (rest == 0.5f && below_is_even) ? below : below + 1.0f;
}

void InvokeRoundFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, RoundedToEven);
}

}  // namespace

const Kernel kRoundFloat32 = {kRoundFloat32Key, PrepareElementwiseFloat32, InvokeRoundFloat32};

}  // namespace earshot::reference
