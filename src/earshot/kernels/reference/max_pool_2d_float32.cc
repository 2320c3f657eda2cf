// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <limits>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/pool_windows.h"

namespace earshot::reference {
namespace {

void InvokeMaxPool2DFloat32(const InvokeContext& context) {
  PoolWindows<Pool2DFloat32, float>(
      context, std::numeric_limits<float>::lowest(),
      [](float most, float value) { return most < value ? value : most; },
      [](float most, int32_t /*count*/) { return most; });
}

}  // namespace

const Kernel kMaxPool2DFloat32 = {kMaxPool2DFloat32Key, PreparePool2DFloat32,
                                  InvokeMaxPool2DFloat32};

}  // namespace earshot::reference
