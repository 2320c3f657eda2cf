// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PRELU: x, or slope times x where that is negative, with a slope of its own for each element or,
// with broadcasting, for each channel.
//
//   input 0: x
//   input 1: slopes (int8 where x is int16)
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kPreluFloat32Key(BuiltinOperator::PRELU, TensorType::FLOAT32);
constexpr KernelKey kPreluInt16Key(BuiltinOperator::PRELU, TensorType::INT16);
constexpr KernelKey kPreluInt8Key(BuiltinOperator::PRELU, TensorType::INT8);

struct PreluInteger {
  Broadcast broadcast;
  int32_t input_zero_point;
  int32_t slope_zero_point;
  QuantizedMultiplier above;  // Input scale / output scale.
  QuantizedMultiplier below;  // Input scale * slope scale / output scale.
  IntegerOutput output;
};

// Check the operator and leave a PreluInteger as its data. That of float32 is
// PrepareBroadcastFloat32() (earshot/kernels/broadcast.h).
//
// kInvalidModel: shapes that do not go together, missing quantization. kUnsupported: other types,
//   broadcasting over more than four axes, or see MakeMultiplier().
Verdict PreparePreluInt8(PrepareContext& context);
Verdict PreparePreluInt16(PrepareContext& context);

}  // namespace earshot
