// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// L2_NORMALIZATION: each row, along the last axis, divided by the root of the sum of its squares.
#pragma once

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kL2NormalizationFloat32Key(BuiltinOperator::L2_NORMALIZATION,
                                               TensorType::FLOAT32);

// Checks the operator and leaves a SoftmaxShape (earshot/kernels/softmax.h) as its data.
//
// kInvalidModel: shapes differ, a scalar, or missing options. kUnsupported: another type of output,
//   an activation function.
Verdict PrepareL2NormalizationFloat32(PrepareContext& context);

}  // namespace earshot
