// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/transpose_conv.h"
#include "earshot/kernels/transpose_conv.h"

namespace earshot::reference {

const Kernel kTransposeConvInt8 = {kTransposeConvInt8Key, PrepareTransposeConvInt8,
                                   InvokeTransposeConvInteger<int8_t, int32_t>};

}  // namespace earshot::reference
