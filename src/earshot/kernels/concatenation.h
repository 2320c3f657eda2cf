// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CONCATENATION: tensors one behind the other along an axis.
//
//   input 0, 1, ...: of the same rank and, but for the axis, of the same extents
#pragma once

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: same quantization in and out; any axis; no activation function.
constexpr KernelKey kConcatenationKey(BuiltinOperator::CONCATENATION);

// Checks the operator and leaves an AxisSlices (earshot/kernels/axis_slices.h) as its data, for any
// type of plain elements.
//
// kInvalidModel: no options, an absent input, and see PrepareAxisSlices().
// kUnsupported: an activation function, inputs of another type than the output, or that are not
//   quantized as the output is.
Verdict PrepareConcatenation(PrepareContext& context);

}  // namespace earshot
