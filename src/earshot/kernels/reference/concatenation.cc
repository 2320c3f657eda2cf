// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/concatenation.h"
#include "earshot/kernels/reference/join_slices.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kConcatenation = {kConcatenationKey, PrepareConcatenation, InvokeJoin};

}  // namespace earshot::reference
