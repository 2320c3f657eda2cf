// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// L2_NORMALIZATION: each row, along the last axis, divided by the root of the sum of its squares.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/softmax.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kL2NormalizationFloat32Key(BuiltinOperator::L2_NORMALIZATION,
                                               TensorType::FLOAT32);
// Limits: rows of at most 33,025; output in 1/128 from 0.
constexpr KernelKey kL2NormalizationInt8Key(BuiltinOperator::L2_NORMALIZATION, TensorType::INT8);

struct L2NormalizationInt8 {
  SoftmaxShape shape;
  int32_t input_zero_point;
};

// Check the operator and leave a SoftmaxShape (earshot/kernels/softmax.h) or an L2NormalizationInt8
// as its data.
//
// kInvalidModel: shapes differ, a scalar, missing options or quantization, or an int8 output that
//   does not count as the limits say. kUnsupported: another type of output, an activation function,
//   sums that do not fit 32 bits.
Verdict PrepareL2NormalizationFloat32(PrepareContext& context);
Verdict PrepareL2NormalizationInt8(PrepareContext& context);

}  // namespace earshot
