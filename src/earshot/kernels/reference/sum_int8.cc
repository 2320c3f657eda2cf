// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mean_integer.h"

namespace earshot::reference {

const Kernel kSumInt8 = {kSumInt8Key, PrepareSumInt8, InvokeScaledSum<int8_t>};

}  // namespace earshot::reference
