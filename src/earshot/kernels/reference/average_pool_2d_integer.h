// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of AVERAGE_POOL_2D on integers: the mean of the stored values.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/pool_windows.h"

namespace earshot::reference {

// sum / count to the nearest integer, ties away from zero.
constexpr int32_t RoundedQuotient(int32_t sum, int32_t count) {
  return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
}

template <typename T>
void InvokeAveragePool2DInteger(const InvokeContext& context) {
  PoolWindows<Pool2DInteger, T>(
      context, int32_t{0}, [](int32_t sum, T value) { return sum + value; }, RoundedQuotient);
}

}  // namespace earshot::reference
