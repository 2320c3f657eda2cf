// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SQUARED_DIFFERENCE: (a - b)^2, element by element, with broadcasting.
#pragma once

#include <cstdint>

#include "earshot/kernels/add.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kSquaredDifferenceFloat32Key(BuiltinOperator::SQUARED_DIFFERENCE,
                                                 TensorType::FLOAT32);
constexpr KernelKey kSquaredDifferenceInt32Key(BuiltinOperator::SQUARED_DIFFERENCE,
                                               TensorType::INT32);
constexpr KernelKey kSquaredDifferenceInt8Key(BuiltinOperator::SQUARED_DIFFERENCE,
                                              TensorType::INT8);
// Limits: broadcasting over up to 4 axes; no zero points.
constexpr KernelKey kSquaredDifferenceInt16Key(BuiltinOperator::SQUARED_DIFFERENCE,
                                               TensorType::INT16);

// How far both inputs are shifted to the left; less than for ADD, so that squares fit.
template <typename T>
constexpr int32_t kSquareLeftShift = sizeof(T) == 1 ? 7 : 0;

// Check the operator and leave an AddInteger as its data, whose multiplier_sum is that of the
// square. Those of float32 and int32 (where results wrap) are PrepareBroadcastFloat32() and
// PrepareBroadcastInt32() (earshot/kernels/broadcast.h).
//
// kInvalidModel and kUnsupported: as for ADD (earshot/kernels/add.h), and zero points of int16.
Verdict PrepareSquaredDifferenceInt8(PrepareContext& context);
Verdict PrepareSquaredDifferenceInt16(PrepareContext& context);

}  // namespace earshot
