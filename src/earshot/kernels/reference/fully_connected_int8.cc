// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/reference/fully_connected_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kFullyConnectedInt8 = {kFullyConnectedInt8Key, PrepareFullyConnectedInt8,
                                    InvokeFullyConnectedInteger<int8_t, int32_t>};

}  // namespace earshot::reference
