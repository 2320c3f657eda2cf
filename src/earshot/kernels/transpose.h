// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TRANSPOSE: the axes of a tensor in another order.
//
//   input 0: rank 0 to 8
//   input 1: constant int32 [rank]: which axis of the input is axis i of the output
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 8 axes, whose order is constant; same quantization in and out.
constexpr KernelKey kTransposeKey(BuiltinOperator::TRANSPOSE);

// Checks the operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: no order of the input's axes, another output shape than it makes, missing
//   quantization of one of both.
// kUnsupported: an order that the model computes, more than eight axes, an output of another type
//   or quantization.
Verdict PrepareTranspose(PrepareContext& context);

}  // namespace earshot
