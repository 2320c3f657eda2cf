// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// STRIDED_SLICE: a part of a tensor, along each axis every stride-th element from begin to before
// end.
//
//   input 0: rank 0 to 8
//   input 1, 2, 3: constant int32, begin, end and stride for each axis, as far as they reach; axes
//                  behind them are taken whole. Negative begins and ends count from the end of the
//                  axis; negative strides go backward.
//
// Bits of the options' masks say what entry i of these lists means beyond that: its begin or end is
// ignored; it is one place of an axis, which the output does not have (shrink axis); it is an axis
// of one place in the output alone (new axis); it is all axes that no other entry is for
// (ellipsis).
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 8 axes; constant begins, ends and strides; same quantization in and out.
constexpr KernelKey kStridedSliceKey(BuiltinOperator::STRIDED_SLICE);

// Checks the operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: begin, end and strides of different lengths or for more axes than there are, a
//   stride of 0, another output shape than they make, no options.
// kUnsupported: an output of another type, begins, ends or strides that the model computes, more
//   than eight axes, ends that count from begin, an output that is quantized unlike the input.
Verdict PrepareStridedSlice(PrepareContext& context);

}  // namespace earshot
