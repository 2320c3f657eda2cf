// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mean.h"
#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mean_integer.h"

namespace earshot::reference {

const Kernel kSumInt16 = {kSumInt16Key, PrepareSumInt16, InvokeScaledSum<int16_t>};

}  // namespace earshot::reference
