// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/fully_connected_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFullyConnectedUint8(const InvokeContext& context) {
  MultiplyIntegerRows<uint8_t, int32_t>(context, context.input<uint8_t>(1));
}

}  // namespace

const Kernel kFullyConnectedUint8 = {kFullyConnectedUint8Key, PrepareFullyConnectedUint8,
                                     InvokeFullyConnectedUint8};

}  // namespace earshot::reference
