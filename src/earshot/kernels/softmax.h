// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SOFTMAX over the last axis, e^(beta x) divided by the sum of all of them, and LOG_SOFTMAX, its
// natural logarithm (with a beta of 1).
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSoftmaxFloat32Key(BuiltinOperator::SOFTMAX, TensorType::FLOAT32);
constexpr KernelKey kLogSoftmaxFloat32Key(BuiltinOperator::LOG_SOFTMAX, TensorType::FLOAT32);
// Limits: rows of at most 4,095; output in 1/16 from 127.
constexpr KernelKey kLogSoftmaxInt8Key(BuiltinOperator::LOG_SOFTMAX, TensorType::INT8);
// Limits: rows of at most 4,095; output in 1/256 from -128.
constexpr KernelKey kSoftmaxInt8Key(BuiltinOperator::SOFTMAX, TensorType::INT8, kAnyType,
                                    TensorType::INT8);
// Limits: rows of at most 4,095; output in 1/256 from 0.
constexpr KernelKey kSoftmaxUint8Key(BuiltinOperator::SOFTMAX, TensorType::UINT8);
// Limits: rows of at most 4,095; output in 1/65536 from -32768.
constexpr KernelKey kSoftmaxInt8ToInt16Key(BuiltinOperator::SOFTMAX, TensorType::INT8, kAnyType,
                                           TensorType::INT16);

// Limits: rows of at most 65,535; output in 1/32768 from 0.
constexpr KernelKey kSoftmaxInt16Key(BuiltinOperator::SOFTMAX, TensorType::INT16);

struct SoftmaxShape {
  int32_t rows;
  int32_t depth;  // Elements of a row.
};

struct SoftmaxInt8 {
  SoftmaxShape shape;
  QuantizedMultiplier to_q26;  // From steps of the input to beta * x in Q5.26; shift >= 0.
  int32_t lowest_difference;   // From the row's maximum; what lies below counts as e^x = 0.
};

struct SoftmaxInt16 {
  SoftmaxShape shape;
  QuantizedMultiplier to_table;  // From steps of the input to beta * x in 10/65535.
};

struct LogSoftmaxInt8 {
  SoftmaxInt8 softmax;
  QuantizedMultiplier from_q26;  // From Q5.26 to steps of the input.
};

struct SoftmaxFloat32 {
  SoftmaxShape shape;
  float beta;
};

// Check the operator and leave a SoftmaxInt8, SoftmaxInt16 or SoftmaxFloat32 as its data; for
// LOG_SOFTMAX a LogSoftmaxInt8 or SoftmaxShape.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing, or an
//   integer output does not count as the limits above say, which the format prescribes.
// kUnsupported: another output type than the input's, rows longer than the limits say, or
//   beta times input scale below 2^-26.
Verdict PrepareSoftmaxInt8(PrepareContext& context);
Verdict PrepareSoftmaxInt16(PrepareContext& context);
Verdict PrepareSoftmaxUint8(PrepareContext& context);
Verdict PrepareSoftmaxInt8ToInt16(PrepareContext& context);
Verdict PrepareSoftmaxFloat32(PrepareContext& context);
Verdict PrepareLogSoftmaxInt8(PrepareContext& context);
Verdict PrepareLogSoftmaxFloat32(PrepareContext& context);

// What all of them check first: number, types and shapes of the tensors. Fills in `shape`.
Verdict CheckSoftmaxTensors(const PrepareContext& context, TensorType type, TensorType output_type,
                            SoftmaxShape* shape);

}  // namespace earshot
