// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ADD: the sum of two tensors, element by element, with broadcasting.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kAddInt8Key(BuiltinOperator::ADD, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kAddFloat32Key(BuiltinOperator::ADD, TensorType::FLOAT32);

// Both inputs are brought to a common scale, twice the larger one divided by 2^kAddLeftShift, and
// added there; that sum is then brought to the output's scale.
constexpr int32_t kAddLeftShift = 20;

struct AddInt8 {
  Broadcast broadcast;
  int32_t zero_point_a;
  int32_t zero_point_b;
  QuantizedMultiplier multiplier_a;  // From input to common scale, after the left shift.
  QuantizedMultiplier multiplier_b;
  QuantizedMultiplier multiplier_sum;  // From common to output scale.
  IntegerOutput output;
};

// From steps of an input to steps of the common scale.
constexpr int32_t ToCommonScale(int32_t steps, QuantizedMultiplier multiplier) {
  return MultiplyByQuantizedMultiplier(steps * (1 << kAddLeftShift), multiplier);
}

// Check the operator and leave an AddInt8 or a PairFloat32 as its data.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing.
// kUnsupported: other types than int8 or float32 throughout, broadcasting over more than four axes,
//   an activation function other than NONE and the RELUs.
Verdict PrepareAddInt8(PrepareContext& context);
Verdict PrepareAddFloat32(PrepareContext& context);

// The same for SUB, which is the sum of input 0 and -1 times input 1, and has options of its own.
Verdict PrepareSumInt8(PrepareContext& context, schema::ActivationFunctionType activation);

}  // namespace earshot
