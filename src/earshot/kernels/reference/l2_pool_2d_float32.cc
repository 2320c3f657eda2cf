// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/pool_windows.h"

namespace earshot::reference {
namespace {

void InvokeL2Pool2DFloat32(const InvokeContext& context) {
  // The root of the mean square.
  PoolWindows<Pool2DFloat32, float>(
      context, 0.0f, [](float sum, float value) { return sum + value * value; },
      [](float sum, int32_t count) { return std::sqrt(sum / static_cast<float>(count)); });
}

}  // namespace

const Kernel kL2Pool2DFloat32 = {kL2Pool2DFloat32Key, PreparePool2DFloat32, InvokeL2Pool2DFloat32};

}  // namespace earshot::reference
