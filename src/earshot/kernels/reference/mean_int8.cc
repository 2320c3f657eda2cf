// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mean.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mean_integer.h"

namespace earshot::reference {

const Kernel kMeanInt8 = {kMeanInt8Key, PrepareMeanInt8, InvokeScaledSum<int8_t>};

}  // namespace earshot::reference
