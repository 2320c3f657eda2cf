// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CUMSUM: each element becomes the sum of all up to it along an axis.
//
//   input 0: rank 1 or more
//   input 1: constant int32, the axis; a negative one counts from the back
//   output:  the same shape
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/int8_sum.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant axis.
constexpr KernelKey kCumsumFloat32Key(BuiltinOperator::CUMSUM, TensorType::FLOAT32);

// Limits: constant axis; the zero point of the input counts once too often, as in TFLM.
constexpr KernelKey kCumsumInt8Key(BuiltinOperator::CUMSUM, TensorType::INT8);

struct Cumsum {
  int32_t outer;  // Elements in front of the axis, along it, and behind it.
  int32_t extent;
  int32_t inner;
  int32_t exclusive;  // 0 or 1: an element is not in its own sum.
  int32_t reverse;    // 0 or 1: sums begin at the end.
};

struct CumsumInt8 {
  Cumsum cumsum;
  Int8Sum sum;
};

// Check the operator and leave a Cumsum or CumsumInt8 as its data.
//
// kInvalidModel: shapes differ, an axis that the input does not have, missing options or
//   quantization.
// kUnsupported: another type of output, an axis that the model computes.
Verdict PrepareCumsumFloat32(PrepareContext& context);
Verdict PrepareCumsumInt8(PrepareContext& context);

}  // namespace earshot
