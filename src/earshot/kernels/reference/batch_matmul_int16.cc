// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/batch_matmul.h"
#include "earshot/kernels/reference/batch_matmul.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kBatchMatmulInt16 = {kBatchMatmulInt16Key, PrepareBatchMatmulInt16,
                                  InvokeBatchMatmulInteger<int16_t, int64_t>};

}  // namespace earshot::reference
