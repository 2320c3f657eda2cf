// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SLICE and DYNAMIC_UPDATE_SLICE: a window on a tensor, at a place that may be data. SLICE is what
// is seen through it; DYNAMIC_UPDATE_SLICE puts something else there.
//
//   SLICE                 input 0: rank 0 to 8
//                         input 1: int32 or int64 [rank], the window's first place
//                         input 2: the output's shape; -1: to the end of the axis
//   DYNAMIC_UPDATE_SLICE  input 0: rank 0 to 8
//                         input 1: what is put there, of the same rank
//                         input 2: int32 or int64 [rank], the window's first place
//
// A place that the model computes, and any of DYNAMIC_UPDATE_SLICE, at which the window would not
// lie inside means the nearest one at which it does.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 8 axes; same quantization in and out.
constexpr KernelKey kDynamicUpdateSliceKey(BuiltinOperator::DYNAMIC_UPDATE_SLICE);
// Limits: up to 8 axes; the output's declared shape counts; same quantization in and out.
constexpr KernelKey kSliceKey(BuiltinOperator::SLICE);

// One number of a place that is data: from 0 to `most`, and how many bytes each is.
struct PlaceAxis {
  int32_t most;
  int32_t step;
};

struct Window {
  StridedCopy copy;      // Of the window, as if it lay at the beginning.
  uint32_t whole_bytes;  // Of the tensor that it is a part of.
  int32_t rank;
  int32_t places_are_int64;
  uint32_t places_offset;  // PlaceAxis[rank].
};

// Each checks its operator and leaves a Window as its data, for any type of plain elements.
//
// kInvalidModel: a window that is larger than the tensor, of another rank, or which SLICE's
// constant
//   inputs put elsewhere than inside or give another size than the output's.
// kUnsupported: places of other types, more than eight axes, another type or quantization.
Verdict PrepareDynamicUpdateSlice(PrepareContext& context);
Verdict PrepareSlice(PrepareContext& context);

}  // namespace earshot
