// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mean_int8.h"

namespace earshot::reference {

const Kernel kSumInt8 = {kSumInt8Key, PrepareSumInt8, InvokeScaledSum};

}  // namespace earshot::reference
