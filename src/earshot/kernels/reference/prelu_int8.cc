// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/prelu.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/prelu.h"

namespace earshot::reference {

const Kernel kPreluInt8 = {kPreluInt8Key, PreparePreluInt8, InvokePreluInteger<int8_t>};

}  // namespace earshot::reference
