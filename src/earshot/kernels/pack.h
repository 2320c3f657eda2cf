// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PACK and UNPACK: tensors of one shape side by side along a new axis, and apart again.
//
//   PACK    input 0, 1, ...: the same shape
//           output: that shape with an axis more, as long as there are inputs
//   UNPACK  the reverse
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/axis_slices.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: same quantization in and out; any axis.
constexpr KernelKey kPackKey(BuiltinOperator::PACK);
constexpr KernelKey kUnpackKey(BuiltinOperator::UNPACK);

// Each checks its operator and leaves an AxisSlices as its data, for any type of plain elements.
//
// kInvalidModel: no options, an absent input, and see PrepareStackedSlices().
// kUnsupported: inputs of another type than the output, or quantized unlike it.
Verdict PreparePack(PrepareContext& context);
Verdict PrepareUnpack(PrepareContext& context);

}  // namespace earshot
