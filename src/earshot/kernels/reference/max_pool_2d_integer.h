// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of MAX_POOL_2D on integers.
#pragma once

#include <cstdint>
#include <limits>

#include "earshot/kernels/reference/pool_windows.h"

namespace earshot::reference {

template <typename T>
void InvokeMaxPool2DInteger(const InvokeContext& context) {
  PoolWindows<Pool2DInteger, T>(
      context, int32_t{std::numeric_limits<T>::min()},
      [](int32_t most, T value) { return value > most ? value : most; },
      [](int32_t most, int32_t /*count*/) { return most; });
}

}  // namespace earshot::reference
