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
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 4 axes; constant begins, ends and strides of at least 1; begin and end masks.
constexpr KernelKey kStridedSliceInt8Key(BuiltinOperator::STRIDED_SLICE, TensorType::INT8);

constexpr int32_t kMaxSliceRank = 4;

// Brought to four axes by extents of 1 in front.
struct StridedSlice {
  uint32_t begin;                 // The first element that is taken.
  int32_t output[kMaxSliceRank];  // Extents.
  int32_t step[kMaxSliceRank];    // From one element that is taken to the next, in elements.
};

// Checks the operator and leaves a StridedSlice as its data.
//
// kInvalidModel: begin, end or strides of another length than the rank, another output shape than
//   they make, no options, missing quantization.
// kUnsupported: other types than int8, strides below 1, begins, ends or strides that the model
//   computes, more than four axes, masks that add or drop axes (ellipsis, new axis, shrink axis),
//   ends that count from begin, an output that is quantized unlike the input.
Verdict PrepareStridedSliceInt8(PrepareContext& context);

}  // namespace earshot
