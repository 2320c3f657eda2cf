// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/mean.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/mean_integer.h"

namespace earshot::reference {

const Kernel kMeanInt16 = {kMeanInt16Key, PrepareMeanInt16, InvokeScaledSum<int16_t>};

}  // namespace earshot::reference
