// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LOGISTIC: 1 / (1 + e^-x), element by element.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: output in 1/256 from -128.
constexpr KernelKey kLogisticInt8Key(BuiltinOperator::LOGISTIC, TensorType::INT8);

constexpr KernelKey kLogisticFloat32Key(BuiltinOperator::LOGISTIC, TensorType::FLOAT32);

struct LogisticInt8 {
  int32_t count;
  int32_t input_zero_point;
  int32_t radius;  // Inputs this many steps or more from the zero point give the extreme outputs.
  QuantizedMultiplier to_q27;  // From steps of the input to x in Q4.27.
};

// Checks the operator and leaves a LogisticInt8 as its data.
//
// kInvalidModel: shapes differ, quantization is missing, or the output does not count in 1/256 from
//   -128, as the format prescribes.
// kUnsupported: another output type than int8, or see MakeMultiplier().
Verdict PrepareLogisticInt8(PrepareContext& context);

// That of float32 is PrepareElementwiseFloat32() (earshot/kernels/elementwise.h).

}  // namespace earshot
