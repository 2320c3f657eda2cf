// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/softmax_integer.h"
#include "earshot/kernels/softmax.h"

namespace earshot::reference {

const Kernel kSoftmaxInt8ToInt16 = {kSoftmaxInt8ToInt16Key, PrepareSoftmaxInt8ToInt16,
                                    InvokeSoftmaxInteger<int8_t, int16_t>};

}  // namespace earshot::reference
