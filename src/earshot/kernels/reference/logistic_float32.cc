// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/logistic.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Beyond these the format's reference takes the limits: 1, and e^x for 1 / (1 + e^-x).
constexpr float kNearlyOne = 16.619047164916992f;
constexpr float kNearlyZero = -9.0f;

void InvokeLogisticFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, [](float x) {
    if (x > kNearlyOne) return 1.0f;
    if (x < kNearlyZero) return std::exp(x);
    return 1.0f / (1.0f + std::exp(-x));
  });
}

}  // namespace

const Kernel kLogisticFloat32 = {kLogisticFloat32Key, PrepareElementwiseFloat32,
                                 InvokeLogisticFloat32};

}  // namespace earshot::reference
