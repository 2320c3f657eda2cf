// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/prelu.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/prelu.h"

namespace earshot::reference {

const Kernel kPreluInt16 = {kPreluInt16Key, PreparePreluInt16, InvokePreluInteger<int16_t>};

}  // namespace earshot::reference
