// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SUB: the difference of two tensors, element by element, with broadcasting.
#pragma once

#include "earshot/kernels/add.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kSubInt8Key(BuiltinOperator::SUB, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kSubFloat32Key(BuiltinOperator::SUB, TensorType::FLOAT32);

// Check the operator and leave an AddInt8 or a PairFloat32 as its data.
//
// kInvalidModel and kUnsupported: as for ADD (earshot/kernels/add.h).
Verdict PrepareSubInt8(PrepareContext& context);
Verdict PrepareSubFloat32(PrepareContext& context);

}  // namespace earshot
