// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FILL and ZEROS_LIKE: a tensor whose elements are all the same.
//
//   FILL        input 0: the output's shape
//               input 1: one element
//   ZEROS_LIKE  input 0: the output's shape and type
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: the output's declared shape counts; same quantization in and out.
constexpr KernelKey kFillKey(BuiltinOperator::FILL);
constexpr KernelKey kZerosLikeKey(BuiltinOperator::ZEROS_LIKE);

struct Fill {
  uint32_t bytes;
  uint32_t element_bytes;
};

// Each checks its operator and leaves a Fill as its data, for any type of plain elements.
//
// kInvalidModel: more than one element to fill with, another shape of the output than ZEROS_LIKE's
//   input or FILL's input 0, where that is constant, say.
// kUnsupported: an output of another type or, of FILL, quantization than the element.
Verdict PrepareFill(PrepareContext& context);
Verdict PrepareZerosLike(PrepareContext& context);

}  // namespace earshot
