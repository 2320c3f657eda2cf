// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/portable/kernels.h"
#include "earshot/kernels/portable/pool_channels.h"
#include "earshot/kernels/reference/average_pool_2d_integer.h"

namespace earshot::portable {
namespace {

void InvokeAveragePool2DInt8(const InvokeContext& context) {
  PoolChannels(
      context, 0, [](int32_t sum, int8_t value) { return sum + value; },
      reference::RoundedQuotient);
}

}  // namespace

const Kernel kAveragePool2DInt8 = {kAveragePool2DInt8Key, PreparePool2DInt8,
                                   InvokeAveragePool2DInt8};

}  // namespace earshot::portable
