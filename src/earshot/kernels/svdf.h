// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SVDF: a fully connected layer over the last few inputs, of which each filter keeps only its
// product with them.
//
// A filter is a row of weights along the features, whose product with each input it remembers, and
// one along time, by which it sums up what it remembers. A unit sums up `rank` filters.
//
//   input 0: [batches, depth]
//   input 1: weights of features [filters, depth]
//   input 2: weights of time [filters, memory], the latest last
//   input 3: optional bias [units], where filters = units * rank (int32 where the input is int8)
//   input 4: state, a variable tensor [batches, filters * memory], of the type of the weights of
//            time
//   output:  [batches, units]
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Found by the type of the weights of time, too.
constexpr KernelKey kSvdfFloat32Key(BuiltinOperator::SVDF, TensorType::FLOAT32);
// Limits: int8 weights, whose zero points and the activation function are left out, as in TFLM.
constexpr KernelKey kSvdfInt8Key =
    KernelKey(BuiltinOperator::SVDF, TensorType::INT8, TensorType::INT8).WithInputs(0, 2);
constexpr KernelKey kSvdfInt16StateKey =
    KernelKey(BuiltinOperator::SVDF, TensorType::INT8, TensorType::INT16).WithInputs(0, 2);

constexpr size_t kSvdfFeatureWeights = 1;
constexpr size_t kSvdfTimeWeights = 2;
constexpr size_t kSvdfBias = 3;
constexpr size_t kSvdfState = 4;

struct SvdfShape {
  int32_t batches;
  int32_t depth;
  int32_t units;
  int32_t rank;
  int32_t memory;
  int32_t has_bias;  // 0 or 1.
};

struct SvdfFloat32 {
  SvdfShape shape;
  FloatRange output;
};

struct SvdfInteger {
  SvdfShape shape;
  int32_t input_zero_point;
  int32_t state_zero_point;
  QuantizedMultiplier to_state;
  QuantizedMultiplier to_output;
  IntegerOutput output;
};

// Check the operator and leave an SvdfFloat32 or SvdfInteger as its data.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing, or the
//   state is no variable tensor.
// kUnsupported: other types, an int16 state with a zero point, or sums that do not fit 32 bits.
Verdict PrepareSvdfFloat32(PrepareContext& context);
Verdict PrepareSvdfInt8(PrepareContext& context);
Verdict PrepareSvdfInt16State(PrepareContext& context);

}  // namespace earshot
