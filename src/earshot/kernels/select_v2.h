// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SELECT_V2: for each element that of one tensor or that of another.
//
//   input 0: bool, which of them
//   input 1: where it is true
//   input 2: where it is false
//
// Shapes go together as NumPy's do: an extent of 1 is repeated as often as the others need it.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 5 axes; same quantization in and out.
constexpr KernelKey kSelectV2Key(BuiltinOperator::SELECT_V2);

constexpr int32_t kMaxSelectRank = 5;

struct SelectAxis {
  int32_t extent;     // Of the output.
  uint32_t steps[3];  // Bytes of each input to its next along that axis, or 0.
};

struct SelectV2 {
  int32_t count;  // Elements of the output.
  uint32_t element_bytes;
  SelectAxis axes[kMaxSelectRank];  // The innermost first; unused ones have an extent of 1.
};

// Checks the operator and leaves a SelectV2 as its data, for any type of plain elements.
//
// kInvalidModel: shapes that do not go together, or another output than they make.
// kUnsupported: a condition that is not bool, more than five axes, inputs of another type or
//   quantization than the output.
Verdict PrepareSelectV2(PrepareContext& context);

}  // namespace earshot
