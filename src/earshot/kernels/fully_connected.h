// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FULLY_CONNECTED: a matrix of weights times each row of the input.
//
//   input 0: any shape of batches * input_depth elements
//   input 1: weights [output_depth, input_depth]
//   input 2: optional bias, one per output (int32 where the input is int8, int64 or int32 where it
//            is int16; weights are int8 for both)
//   output:  batches * output_depth elements, the last extent being output_depth
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/convolution.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: int8 weights, one scale (any zero point) or one per output; no zero points otherwise.
constexpr KernelKey kFullyConnectedInt16Key(BuiltinOperator::FULLY_CONNECTED, TensorType::INT16,
                                            TensorType::INT8);
// Limits: one scale (any zero point) or one per output.
constexpr KernelKey kFullyConnectedInt8Key(BuiltinOperator::FULLY_CONNECTED, TensorType::INT8,
                                           TensorType::INT8);
constexpr KernelKey kFullyConnectedUint8Key(BuiltinOperator::FULLY_CONNECTED, TensorType::UINT8,
                                            TensorType::UINT8);
// Limits: as with int8 weights; constant weights.
constexpr KernelKey kFullyConnectedInt4WeightsKey(BuiltinOperator::FULLY_CONNECTED,
                                                  TensorType::INT8, TensorType::INT4);
constexpr KernelKey kFullyConnectedFloat32Key(BuiltinOperator::FULLY_CONNECTED, TensorType::FLOAT32,
                                              TensorType::FLOAT32);
// Limits: one scale or one per output, no zero points; at most 65,793 products per output.
constexpr KernelKey kFullyConnectedHybridKey(BuiltinOperator::FULLY_CONNECTED, TensorType::FLOAT32,
                                             TensorType::INT8);

struct FullyConnectedShape {
  int32_t batches;
  int32_t input_depth;
  int32_t output_depth;
  int32_t has_bias;  // A BiasKind.
};

struct FullyConnectedInteger {
  FullyConnectedShape shape;
  int32_t input_zero_point;
  int32_t weights_zero_point;
  IntegerOutput output;
  ChannelMultipliers multipliers;
};

// What a zero point of the weights takes away from each output of a row: it times the sum of the
// row's values less their own zero point.
inline int32_t WeightsZeroPointShare(const FullyConnectedInteger& data, const int8_t* row) {
  if (data.weights_zero_point == 0) return 0;
  int32_t sum = 0;
  for (int32_t i = 0; i < data.shape.input_depth; ++i) sum += row[i] - data.input_zero_point;
  return -data.weights_zero_point * sum;
}

struct FullyConnectedFloat32 {
  FullyConnectedShape shape;
  FloatRange output;
};

struct FullyConnectedHybrid {
  FullyConnectedFloat32 layer;
  Hybrid hybrid;
};

// Check the operator and leave a FullyConnectedInteger, FullyConnectedFloat32 or
// FullyConnectedHybrid as its data. Weights may have one scale, then also a zero point (not of
// hybrid layers), or one scale per output. Hybrid rows get a zero point where
// asymmetric_quantize_inputs says so.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing.
// kUnsupported: other types, shuffled weights, an activation
//   function other than NONE and the RELUs, or sums that do not fit 32 bits.
Verdict PrepareFullyConnectedInt8(PrepareContext& context);
Verdict PrepareFullyConnectedInt16(PrepareContext& context);
Verdict PrepareFullyConnectedUint8(PrepareContext& context);
Verdict PrepareFullyConnectedInt4Weights(PrepareContext& context);
Verdict PrepareFullyConnectedFloat32(PrepareContext& context);
Verdict PrepareFullyConnectedHybrid(PrepareContext& context);

}  // namespace earshot
