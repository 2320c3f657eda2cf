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
constexpr KernelKey kAddInt16Key(BuiltinOperator::ADD, TensorType::INT16);
constexpr KernelKey kAddInt8Key(BuiltinOperator::ADD, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kAddUint8Key(BuiltinOperator::ADD, TensorType::UINT8);
// Limits: broadcasting over up to 4 axes; the activation function is left out, as in TFLM.
constexpr KernelKey kAddInt32Key(BuiltinOperator::ADD, TensorType::INT32);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kAddFloat32Key(BuiltinOperator::ADD, TensorType::FLOAT32);

// Both inputs are brought to a common scale, twice the larger one divided by 2^kAddLeftShift, and
// added there; that sum is then brought to the output's scale.
template <typename T>
constexpr int32_t kAddLeftShift = sizeof(T) == 1 ? 20 : 15;

struct AddInteger {
  Broadcast broadcast;
  int32_t zero_point_a;
  int32_t zero_point_b;
  QuantizedMultiplier multiplier_a;  // From input to common scale, after the left shift.
  QuantizedMultiplier multiplier_b;
  QuantizedMultiplier multiplier_sum;  // From common to output scale.
  IntegerOutput output;
};

// From steps of an input of type T to steps of the common scale.
template <typename T>
constexpr int32_t ToCommonScale(int32_t steps, QuantizedMultiplier multiplier) {
  return MultiplyByQuantizedMultiplier(steps * (1 << kAddLeftShift<T>), multiplier);
}

// Both inputs in steps of the common scale.
struct CommonPair {
  int32_t a;
  int32_t b;
};

template <typename T>
constexpr CommonPair ToCommonScale(T a, T b, const AddInteger& data) {
  return {ToCommonScale<T>(a - data.zero_point_a, data.multiplier_a),
          ToCommonScale<T>(b - data.zero_point_b, data.multiplier_b)};
}

// Check the operator and leave an AddInteger or a PairFloat32 as its data. That of int32, whose
// sums wrap, is PrepareBroadcastInt32().
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing.
// kUnsupported: other types than one of these throughout, broadcasting over more than four axes,
//   an activation function other than NONE and the RELUs.
Verdict PrepareAddInt8(PrepareContext& context);
Verdict PrepareAddInt16(PrepareContext& context);
Verdict PrepareAddUint8(PrepareContext& context);
Verdict PrepareAddFloat32(PrepareContext& context);

// The same for SUB, which is the sum of input 0 and -1 times input 1, and has options of its own.
// `type` is that of all tensors.
Verdict PrepareSum(PrepareContext& context, TensorType type,
                   schema::ActivationFunctionType activation);

// Fills in all of `data` but the output's multiplier and range; `*twice_larger` is twice the larger
// one of both scales.
Verdict MakeCommonScale(const PrepareContext& context, TensorType type, AddInteger* data,
                        PositiveReal* twice_larger);

}  // namespace earshot
