// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/fully_connected_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFullyConnectedInt16(const InvokeContext& context) {
  if (context.data<FullyConnectedInteger>().shape.has_bias == kWideBias) {
    InvokeFullyConnectedInteger<int16_t, int64_t>(context);
  } else {
    InvokeFullyConnectedInteger<int16_t, int32_t>(context);
  }
}

}  // namespace

const Kernel kFullyConnectedInt16 = {kFullyConnectedInt16Key, PrepareFullyConnectedInt16,
                                     InvokeFullyConnectedInt16};

}  // namespace earshot::reference
