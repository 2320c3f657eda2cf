// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ADD_N: the sum of several tensors of one shape, element by element.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/int8_sum.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kAddNFloat32Key(BuiltinOperator::ADD_N, TensorType::FLOAT32);

// Limits: inputs of one quantization, whose zero point counts once too often as in TFLM.
constexpr KernelKey kAddNInt8Key(BuiltinOperator::ADD_N, TensorType::INT8);

struct AddN {
  int32_t count;
  int32_t inputs;
};

struct AddNInt8 {
  AddN shape;
  Int8Sum sum;
};

// Check the operator and leave an AddN or AddNInt8 as its data.
//
// kInvalidModel: fewer than two inputs, absent ones, other shapes than the output's, or missing
//   quantization. kUnsupported: other types than float32 or int8 throughout, or int8 inputs of
//   several quantizations.
Verdict PrepareAddNFloat32(PrepareContext& context);
Verdict PrepareAddNInt8(PrepareContext& context);

}  // namespace earshot
