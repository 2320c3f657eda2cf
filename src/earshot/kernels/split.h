// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SPLIT and SPLIT_V: a tensor cut along an axis.
//
//   SPLIT    input 0: constant int32, the axis
//            input 1: any rank; the outputs are equal parts of it
//   SPLIT_V  input 0: any rank
//            input 1: constant int32 [outputs], the extent of each along the axis; one may be -1:
//                     the rest
//            input 2: constant int32, the axis
#pragma once

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant axis, same quantization in and out.
constexpr KernelKey kSplitKey(BuiltinOperator::SPLIT);
// Limits: constant sizes and axis, same quantization in and out.
constexpr KernelKey kSplitVKey(BuiltinOperator::SPLIT_V);

// Each checks its operator and leaves an AxisSlices (earshot/kernels/axis_slices.h) as its data,
// for any type of plain elements.
//
// kInvalidModel: wrong inputs or outputs, extents that are not the outputs' own, and see
//   PrepareAxisSlices().
// kUnsupported: extents or an axis that the model computes, outputs of another type or that are
//   not quantized as the input is.
Verdict PrepareSplit(PrepareContext& context);
Verdict PrepareSplitV(PrepareContext& context);

}  // namespace earshot
