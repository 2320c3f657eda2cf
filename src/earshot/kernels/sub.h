// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SUB: the difference of two tensors, element by element, with broadcasting.
#pragma once

#include "earshot/kernels/add.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kSubInt16Key(BuiltinOperator::SUB, TensorType::INT16);
constexpr KernelKey kSubInt8Key(BuiltinOperator::SUB, TensorType::INT8);
// Limits: broadcasting over up to 4 axes; the activation function is left out, as in TFLM.
constexpr KernelKey kSubInt32Key(BuiltinOperator::SUB, TensorType::INT32);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kSubFloat32Key(BuiltinOperator::SUB, TensorType::FLOAT32);

// Check the operator and leave what ADD's prepare functions leave; int32 has ADD's.
//
// kInvalidModel and kUnsupported: as for ADD (earshot/kernels/add.h).
Verdict PrepareSubInt8(PrepareContext& context);
Verdict PrepareSubInt16(PrepareContext& context);
Verdict PrepareSubFloat32(PrepareContext& context);

}  // namespace earshot
