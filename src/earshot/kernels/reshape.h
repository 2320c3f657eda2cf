// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RESHAPE, EXPAND_DIMS and SQUEEZE: the same elements in the same order under another shape.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: the output's declared shape counts.
constexpr KernelKey kReshapeKey(BuiltinOperator::RESHAPE);
constexpr KernelKey kExpandDimsKey(BuiltinOperator::EXPAND_DIMS);
constexpr KernelKey kSqueezeKey(BuiltinOperator::SQUEEZE);

struct Reshape {
  uint32_t bytes;
};

// Checks the operator and leaves a Reshape as its data, for any type of plain elements. The shape
// that counts is the output tensor's; a second input and the options, which lead to the same, are
// not looked at.
//
// kInvalidModel: input and output differ in type or number of elements.
// kUnsupported: elements that are not plain.
Verdict PrepareReshape(PrepareContext& context);

}  // namespace earshot
