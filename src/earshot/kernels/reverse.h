// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// REVERSE_V2: a tensor backward along some axes.
//
//   input 0: rank 0 to 8
//   input 1: constant int32, the axes; negative ones count from the back
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 8 axes; constant axes; same quantization in and out.
constexpr KernelKey kReverseV2Key(BuiltinOperator::REVERSE_V2);

// Checks the operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: axes that the input does not have, another output shape.
// kUnsupported: axes that the model computes, more than eight axes, an output of another type or
//   quantization.
Verdict PrepareReverseV2(PrepareContext& context);

}  // namespace earshot
