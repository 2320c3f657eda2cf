// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/transpose_conv.h"
#include "earshot/kernels/transpose_conv.h"

namespace earshot::reference {

const Kernel kTransposeConvInt16 = {kTransposeConvInt16Key, PrepareTransposeConvInt16,
                                    InvokeTransposeConvInteger<int16_t, int64_t>};

}  // namespace earshot::reference
