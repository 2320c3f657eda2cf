// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// STRIDED_SLICE: a part of a tensor, along each axis every stride-th element from begin to before
// end.
//
//   input 0: rank 1 to 4
//   input 1, 2, 3: constant int32 [rank], begin, end and stride; negative begins and ends count
//                  from the end of the axis; the options' masks say which of them are ignored
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 4 axes; constant begins, ends and strides of at least 1, one for each axis; begin,
// end and shrink axis masks; same quantization in and out.
constexpr KernelKey kStridedSliceFloat32Key(BuiltinOperator::STRIDED_SLICE, TensorType::FLOAT32);
constexpr KernelKey kStridedSliceInt32Key(BuiltinOperator::STRIDED_SLICE, TensorType::INT32);
constexpr KernelKey kStridedSliceInt8Key(BuiltinOperator::STRIDED_SLICE, TensorType::INT8);

// Checks the operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: begin, end or strides of another length than the rank, another output shape than
//   they make, no options.
// kUnsupported: an output of another type, strides below 1, begins, ends or strides that the model
// computes, more than four
//   axes, masks that add axes (ellipsis, new axis), ends that count from begin, an output that is
//   quantized unlike the input.
Verdict PrepareStridedSlice(PrepareContext& context);

}  // namespace earshot
