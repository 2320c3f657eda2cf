// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MEAN over some axes of a tensor (earshot/kernels/reduction.h).
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/kernels/reduction.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant axes, up to 8 axes in all.
constexpr KernelKey kMeanInt16Key(BuiltinOperator::MEAN, TensorType::INT16);
constexpr KernelKey kMeanInt8Key(BuiltinOperator::MEAN, TensorType::INT8);
constexpr KernelKey kMeanFloat32Key(BuiltinOperator::MEAN, TensorType::FLOAT32);

// That of SUM, too, whose multiplier is not divided.
struct MeanInteger {
  Reduction reduction;
  int32_t zero_point_sum;          // reduced_count * the input's zero point.
  QuantizedMultiplier multiplier;  // Input scale / output scale / reduced_count.
  IntegerOutput output;
};

// Check the operator and leave a MeanInteger as its data. That of float32 is
// PrepareReductionFloat32().
//
// kInvalidModel: as MakeReduction() says, missing quantization. kUnsupported: as that says, or sums
// that do not fit 32 bits.
Verdict PrepareMeanInt8(PrepareContext& context);
Verdict PrepareMeanInt16(PrepareContext& context);
// The same for SUM.
Verdict PrepareSumInt8(PrepareContext& context);
Verdict PrepareSumInt16(PrepareContext& context);

}  // namespace earshot
