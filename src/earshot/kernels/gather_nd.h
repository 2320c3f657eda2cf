// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// GATHER_ND: elements, or all that lies behind some axes, at places that another tensor names.
//
//   input 0: rank of at least 1
//   input 1: int32 [..., n], n numbers for a place along the first n axes
//   output:  [..., the rest of input 0's axes]
//
// Places are data: numbers outside their axis mean the nearest one inside.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/window.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: places are int32; same quantization in and out.
constexpr KernelKey kGatherNdKey(BuiltinOperator::GATHER_ND);

struct GatherNd {
  int32_t places;
  int32_t numbers;       // Of one place.
  uint32_t row_bytes;    // What lies at one place.
  uint32_t axes_offset;  // PlaceAxis[numbers].
};

// Checks the operator and leaves a GatherNd as its data, for any type of plain elements.
//
// kInvalidModel: more numbers than axes, another output shape.
// kUnsupported: places that are no int32, an output of another type or quantization.
Verdict PrepareGatherNd(PrepareContext& context);

}  // namespace earshot
