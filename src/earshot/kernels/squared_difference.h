// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SQUARED_DIFFERENCE: (a - b)^2, element by element, with broadcasting.
#pragma once

#include "earshot/kernels/broadcast.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kSquaredDifferenceFloat32Key(BuiltinOperator::SQUARED_DIFFERENCE,
                                                 TensorType::FLOAT32);

// Its prepare function is PrepareBroadcastFloat32() (earshot/kernels/broadcast.h).

}  // namespace earshot
