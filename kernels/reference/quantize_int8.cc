// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/quantize.h"
#include "kernels/reference/kernels.h"
#include "kernels/reference/requantize.h"

namespace earshot::reference {

const Kernel kQuantizeInt8 = {BuiltinOperator::QUANTIZE, TensorType::INT8, PrepareRequantize,
                              InvokeRequantize};

}  // namespace earshot::reference
