// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ABS, LEAKY_RELU, RELU and RELU6 of integers: what lies above zero is multiplied by one number,
// and what lies below by another.
//
//   input 0: any shape
//   output:  the same shape and type
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kAbsInt16Key(BuiltinOperator::ABS, TensorType::INT16);
constexpr KernelKey kAbsInt8Key(BuiltinOperator::ABS, TensorType::INT8);
constexpr KernelKey kLeakyReluInt16Key(BuiltinOperator::LEAKY_RELU, TensorType::INT16);
constexpr KernelKey kLeakyReluInt8Key(BuiltinOperator::LEAKY_RELU, TensorType::INT8);
constexpr KernelKey kReluInt16Key(BuiltinOperator::RELU, TensorType::INT16);
constexpr KernelKey kReluInt8Key(BuiltinOperator::RELU, TensorType::INT8);
constexpr KernelKey kReluUint8Key(BuiltinOperator::RELU, TensorType::UINT8);
// Limits: same quantization in and out.
constexpr KernelKey kRelu6Int16Key(BuiltinOperator::RELU6, TensorType::INT16);
constexpr KernelKey kRelu6Int8Key(BuiltinOperator::RELU6, TensorType::INT8);
constexpr KernelKey kRelu6Uint8Key(BuiltinOperator::RELU6, TensorType::UINT8);

struct TwoSlopes {
  int32_t count;
  int32_t input_zero_point;
  QuantizedMultiplier above;  // From steps of the input to steps of the output.
  QuantizedMultiplier below;  // Negative ones: the multiplier is the negative of its magnitude's.
  IntegerOutput output;
};

// Check the operator and leave a TwoSlopes as its data, for int8, int16 and uint8.
//
// kInvalidModel: shapes differ, missing quantization, LEAKY_RELU without options or with a slope
//   that is not finite. kUnsupported: another type of output, or see MakeMultiplier().
Verdict PrepareAbs(PrepareContext& context);
Verdict PrepareLeakyRelu(PrepareContext& context);
Verdict PrepareRelu(PrepareContext& context);
Verdict PrepareRelu6(PrepareContext& context);

}  // namespace earshot
