// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PACK: tensors of one shape side by side along a new axis.
//
//   input 0, 1, ...: the same shape
//   output:          that shape with an axis more, as long as there are inputs
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/axis_slices.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: same quantization in and out; any axis.
constexpr KernelKey kPackFloat32Key(BuiltinOperator::PACK, TensorType::FLOAT32);
constexpr KernelKey kPackInt32Key(BuiltinOperator::PACK, TensorType::INT32);
constexpr KernelKey kPackInt8Key(BuiltinOperator::PACK, TensorType::INT8);

// Checks the operator and leaves an AxisSlices as its data, for any type of plain elements.
//
// kInvalidModel: no options, an absent input, no such axis, shapes that do not fit together.
// kUnsupported: inputs of another type than the output, or quantized unlike it.
Verdict PreparePack(PrepareContext& context);

}  // namespace earshot
