// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TRANSPOSE: the axes of a tensor in another order.
//
//   input 0: rank 1 to 4
//   input 1: constant int32 [rank]: which axis of the input is axis i of the output
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 4 axes, whose order is constant; same quantization in and out.
constexpr KernelKey kTransposeFloat32Key(BuiltinOperator::TRANSPOSE, TensorType::FLOAT32);
constexpr KernelKey kTransposeInt8Key(BuiltinOperator::TRANSPOSE, TensorType::INT8);

// Checks the operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: no order of the input's axes, another output shape than it makes, missing
//   quantization of one of both.
// kUnsupported: an order that the model computes, more than four axes, an output of another type or
//   quantization.
Verdict PrepareTranspose(PrepareContext& context);

}  // namespace earshot
