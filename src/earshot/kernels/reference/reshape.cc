// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reshape.h"
#include "earshot/kernels/reference/copy.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kReshape = {kReshapeKey, PrepareReshape, InvokeCopy};

}  // namespace earshot::reference
