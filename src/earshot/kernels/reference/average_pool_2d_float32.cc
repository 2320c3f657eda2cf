// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/pool_windows.h"

namespace earshot::reference {
namespace {

void InvokeAveragePool2DFloat32(const InvokeContext& context) {
  PoolWindows<Pool2DFloat32, float>(
      context, 0.0f, [](float sum, float value) { return sum + value; },
      [](float sum, int32_t count) { return sum / static_cast<float>(count); });
}

}  // namespace

const Kernel kAveragePool2DFloat32 = {kAveragePool2DFloat32Key, PreparePool2DFloat32,
                                      InvokeAveragePool2DFloat32};

}  // namespace earshot::reference
