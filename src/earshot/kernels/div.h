// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// DIV, FLOOR_DIV and FLOOR_MOD: quotients and their remainders, element by element, with
// broadcasting.
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/kernels/mul.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kDivFloat32Key(BuiltinOperator::DIV, TensorType::FLOAT32);
constexpr KernelKey kFloorDivFloat32Key(BuiltinOperator::FLOOR_DIV, TensorType::FLOAT32);
constexpr KernelKey kFloorModFloat32Key(BuiltinOperator::FLOOR_MOD, TensorType::FLOAT32);
// Limits: broadcasting over up to 4 axes; rounds toward zero; 0 where the divisor is 0.
constexpr KernelKey kDivInt32Key(BuiltinOperator::DIV, TensorType::INT32);

// Limits: broadcasting over up to 4 axes; the output's zero point where the divisor is 0.
constexpr KernelKey kDivInt8Key(BuiltinOperator::DIV, TensorType::INT8);

struct DivInt32 {
  Broadcast broadcast;
  int32_t lowest;
  int32_t highest;
};

// Check DIV and leave a PairFloat32, a DivInt32 or a MulInteger as its data, whose multiplier is
// scale a / (scale b * output scale). That of the others is
// PrepareBroadcastFloat32() (earshot/kernels/broadcast.h).
//
// kInvalidModel and kUnsupported: as for ADD (earshot/kernels/add.h).
Verdict PrepareDivFloat32(PrepareContext& context);
Verdict PrepareDivInt32(PrepareContext& context);
Verdict PrepareDivInt8(PrepareContext& context);

}  // namespace earshot
