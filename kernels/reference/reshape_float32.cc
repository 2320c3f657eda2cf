// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/reference/copy.h"
#include "kernels/reference/kernels.h"
#include "kernels/reshape.h"

namespace earshot::reference {

const Kernel kReshapeFloat32 = {BuiltinOperator::RESHAPE, TensorType::FLOAT32, PrepareReshape,
                                InvokeCopy};

}  // namespace earshot::reference
