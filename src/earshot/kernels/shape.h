// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SHAPE: the extents of a tensor, which are known before the model runs.
//
//   input 0: any
//   output:  int32 [rank]
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: to int32.
constexpr KernelKey kShapeKey(BuiltinOperator::SHAPE);

struct Shape {
  int32_t rank;
  uint32_t extents_offset;  // int32_t[rank].
};

// Checks the operator and leaves a Shape as its data. kInvalidModel: an output of another
// number of elements.
// kUnsupported: another type of output.
Verdict PrepareShape(PrepareContext& context);

}  // namespace earshot
