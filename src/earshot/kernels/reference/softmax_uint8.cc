// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/softmax_integer.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {

const Kernel kSoftmaxUint8 = {kSoftmaxUint8Key, PrepareSoftmaxUint8,
                              InvokeSoftmaxInteger<uint8_t, uint8_t>};

}  // namespace earshot::reference
