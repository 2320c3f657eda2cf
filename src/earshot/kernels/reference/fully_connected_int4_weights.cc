// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/fully_connected_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/weights.h"

namespace earshot::reference {
namespace {

void InvokeFullyConnectedInt4Weights(const InvokeContext& context) {
  MultiplyIntegerRows<int8_t, int32_t>(context, Int4Weights(context.input<uint8_t>(1)));
}

}  // namespace

const Kernel kFullyConnectedInt4Weights = {kFullyConnectedInt4WeightsKey,
                                           PrepareFullyConnectedInt4Weights,
                                           InvokeFullyConnectedInt4Weights};

}  // namespace earshot::reference
