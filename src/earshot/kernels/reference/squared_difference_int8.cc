// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/squared_difference_integer.h"
#include "earshot/kernels/squared_difference.h"

namespace earshot::reference {

const Kernel kSquaredDifferenceInt8 = {kSquaredDifferenceInt8Key, PrepareSquaredDifferenceInt8,
                                       InvokeSquaredDifferenceInteger<int8_t>};

}  // namespace earshot::reference
