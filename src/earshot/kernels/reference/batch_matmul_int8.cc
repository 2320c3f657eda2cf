// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/batch_matmul.h"
#include "earshot/kernels/reference/batch_matmul.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kBatchMatmulInt8 = {kBatchMatmulInt8Key, PrepareBatchMatmulInt8,
                                 InvokeBatchMatmulInteger<int8_t, int32_t>};

}  // namespace earshot::reference
