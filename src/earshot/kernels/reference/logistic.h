// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// 1 / (1 + e^-x) in float32, for LOGISTIC and the gates of recurrent layers.
#pragma once

#include <cmath>

namespace earshot::reference {

// Far from 0 the format's reference takes the limits: 1, and e^x.
inline float Sigmoid(float x) {
  constexpr float kNearlyOne = 16.619047164916992f;
  constexpr float kNearlyZero = -9.0f;
  if (x > kNearlyOne) return 1.0f;
  if (x < kNearlyZero) return std::exp(x);
  return 1.0f / (1.0f + std::exp(-x));
}

}  // namespace earshot::reference
