// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RESHAPE, EXPAND_DIMS and SQUEEZE: the same elements in the same order under another shape.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: the output's declared shape counts.
constexpr KernelKey kReshapeFloat32Key(BuiltinOperator::RESHAPE, TensorType::FLOAT32);
constexpr KernelKey kReshapeInt32Key(BuiltinOperator::RESHAPE, TensorType::INT32);
constexpr KernelKey kReshapeInt8Key(BuiltinOperator::RESHAPE, TensorType::INT8);
constexpr KernelKey kExpandDimsFloat32Key(BuiltinOperator::EXPAND_DIMS, TensorType::FLOAT32);
constexpr KernelKey kExpandDimsInt8Key(BuiltinOperator::EXPAND_DIMS, TensorType::INT8);
constexpr KernelKey kSqueezeFloat32Key(BuiltinOperator::SQUEEZE, TensorType::FLOAT32);
constexpr KernelKey kSqueezeInt8Key(BuiltinOperator::SQUEEZE, TensorType::INT8);

struct Reshape {
  uint32_t bytes;
};

// Checks the operator and leaves a Reshape as its data, for any type of plain elements. The shape
// that counts is the output tensor's; a second input and the options, which lead to the same, are
// not looked at.
//
// kInvalidModel: input and output differ in type or number of elements.
Verdict PrepareReshape(PrepareContext& context);

}  // namespace earshot
