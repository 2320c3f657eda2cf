// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MUL: the product of two tensors, element by element, with broadcasting.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kMulInt8Key(BuiltinOperator::MUL, TensorType::INT8);
// Limits: broadcasting over up to 4 axes; no zero points.
constexpr KernelKey kMulInt16Key(BuiltinOperator::MUL, TensorType::INT16);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kMulUint8Key(BuiltinOperator::MUL, TensorType::UINT8);
// Limits: broadcasting over up to 4 axes; the activation function is left out, as in TFLM.
constexpr KernelKey kMulInt32Key(BuiltinOperator::MUL, TensorType::INT32);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kMulFloat32Key(BuiltinOperator::MUL, TensorType::FLOAT32);

struct MulInteger {
  Broadcast broadcast;
  int32_t zero_point_a;
  int32_t zero_point_b;
  QuantizedMultiplier multiplier;  // scale a * scale b / output scale.
  IntegerOutput output;
};

// Check the operator and leave a MulInteger or a PairFloat32 as its data. That of int32, whose
// products wrap, is PrepareBroadcastInt32().
//
// kInvalidModel and kUnsupported: as for ADD (earshot/kernels/add.h).
Verdict PrepareMulInt8(PrepareContext& context);
Verdict PrepareMulInt16(PrepareContext& context);
Verdict PrepareMulUint8(PrepareContext& context);
Verdict PrepareMulFloat32(PrepareContext& context);

}  // namespace earshot
