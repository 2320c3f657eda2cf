// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// BATCH_MATMUL: products of matrices, of which each input has as many as its leading axes say.
// Those of one input are repeated along an axis where it has an extent of 1 (NumPy's rules).
//
//   input 0: [..., rows, depth], or [..., depth, rows] where adj_x is set
//   input 1: [..., depth, columns], or [..., columns, depth] where adj_y is set
//   output:  [..., rows, columns]
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: 2 to 5 axes.
constexpr KernelKey kBatchMatmulFloat32Key(BuiltinOperator::BATCH_MATMUL, TensorType::FLOAT32);
constexpr KernelKey kBatchMatmulInt8Key(BuiltinOperator::BATCH_MATMUL, TensorType::INT8);
// Limits: 2 to 5 axes; no zero points.
constexpr KernelKey kBatchMatmulInt16Key(BuiltinOperator::BATCH_MATMUL, TensorType::INT16);

constexpr int32_t kMaxBatchAxes = 3;

// The elements of an input from one to the next along an axis; 0 where it is repeated.
struct MatrixSteps {
  int32_t batches[kMaxBatchAxes];
  int32_t outer;  // Rows of input 0, columns of input 1.
  int32_t depth;
};

struct BatchMatmul {
  int32_t batches[kMaxBatchAxes];  // 1 in front, where there are fewer.
  int32_t rows;
  int32_t depth;
  int32_t columns;
  MatrixSteps a;
  MatrixSteps b;
};

struct BatchMatmulInteger {
  BatchMatmul shape;
  int32_t zero_point_a;
  int32_t zero_point_b;
  QuantizedMultiplier multiplier;
  IntegerOutput output;
};

// Check the operator and leave a BatchMatmul or BatchMatmulInteger as its data.
//
// kInvalidModel: shapes that do not go together, missing quantization or options.
// kUnsupported: other types than one throughout, other ranks, or see MakeMultiplier().
Verdict PrepareBatchMatmulFloat32(PrepareContext& context);
Verdict PrepareBatchMatmulInt8(PrepareContext& context);
Verdict PrepareBatchMatmulInt16(PrepareContext& context);

}  // namespace earshot
