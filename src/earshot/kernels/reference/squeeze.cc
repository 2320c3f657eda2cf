// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/copy.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reshape.h"

namespace earshot::reference {

const Kernel kSqueeze = {kSqueezeKey, PrepareReshape, InvokeCopy};

}  // namespace earshot::reference
