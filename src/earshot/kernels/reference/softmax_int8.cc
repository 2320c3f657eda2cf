// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/softmax_integer.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {

const Kernel kSoftmaxInt8 = {kSoftmaxInt8Key, PrepareSoftmaxInt8,
                             InvokeSoftmaxInteger<int8_t, int8_t>};

}  // namespace earshot::reference
