// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/mean_int8.h"
#include "earshot/kernels/mean.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kMeanInt8 = {kMeanInt8Key, PrepareMeanInt8, InvokeScaledSum};

}  // namespace earshot::reference
