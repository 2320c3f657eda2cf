// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/svdf_integer.h"
#include "earshot/kernels/svdf.h"

namespace earshot::reference {

const Kernel kSvdfInt16State = {kSvdfInt16StateKey, PrepareSvdfInt16State,
                                InvokeSvdfInteger<int16_t>};

}  // namespace earshot::reference
