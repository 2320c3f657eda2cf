// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LOGISTIC, 1 / (1 + e^-x), and TANH, element by element.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/kernels/sigmoid_table.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: output in 1/256 from -128.
constexpr KernelKey kLogisticInt8Key(BuiltinOperator::LOGISTIC, TensorType::INT8);
// Limits: output in 1/256 from 0.
constexpr KernelKey kLogisticUint8Key(BuiltinOperator::LOGISTIC, TensorType::UINT8);
// Limits: output in 1/128 from 0.
constexpr KernelKey kTanhInt8Key(BuiltinOperator::TANH, TensorType::INT8);
// Limits: output in 1/32768; no zero points.
constexpr KernelKey kLogisticInt16Key(BuiltinOperator::LOGISTIC, TensorType::INT16);
constexpr KernelKey kTanhInt16Key(BuiltinOperator::TANH, TensorType::INT16);

constexpr KernelKey kLogisticFloat32Key(BuiltinOperator::LOGISTIC, TensorType::FLOAT32);

// Both functions of int8.
struct LogisticInt8 {
  int32_t count;
  int32_t input_zero_point;
  int32_t radius;  // Inputs this many steps or more from the zero point give the extreme outputs.
  QuantizedMultiplier to_q27;  // From steps of the input to x in Q4.27.
};

struct LogisticUint8 {
  int32_t count;
  int32_t input_zero_point;
  float input_scale;
};

// Both functions of int16.
struct LogisticInt16 {
  int32_t count;
  TableScale scale;
};

// Check the operator and leave a LogisticInt8, LogisticUint8 or LogisticInt16 as its data.
//
// kInvalidModel: shapes differ, quantization is missing, or the output does not count as the format
//   prescribes. kUnsupported: another output type than the input's, a scale beyond all use.
Verdict PrepareLogisticInt16(PrepareContext& context);
Verdict PrepareLogisticInt8(PrepareContext& context);
Verdict PrepareLogisticUint8(PrepareContext& context);
Verdict PrepareTanhInt16(PrepareContext& context);
Verdict PrepareTanhInt8(PrepareContext& context);

// Those of float32 are PrepareElementwiseFloat32() (earshot/kernels/elementwise.h).

}  // namespace earshot
