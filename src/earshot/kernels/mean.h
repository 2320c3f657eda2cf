// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MEAN over some axes of a tensor.
//
//   input 0: rank 1 to 4
//   input 1: constant int32, the axes; negative ones count from the back
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant axes, up to 4 axes in all.
constexpr KernelKey kMeanInt8Key(BuiltinOperator::MEAN, TensorType::INT8);

constexpr int32_t kMaxMeanRank = 4;

// Some of the input's axes, in order. Unused places hold an extent of 1.
struct MeanAxes {
  int32_t extents[kMaxMeanRank];
  int32_t steps[kMaxMeanRank];  // Elements of the input to the next along that axis.
};

struct MeanInt8 {
  MeanAxes kept;
  MeanAxes reduced;
  int32_t output_count;
  int32_t reduced_count;           // Elements that one output is the mean of.
  int32_t zero_point_sum;          // reduced_count * the input's zero point.
  QuantizedMultiplier multiplier;  // Input scale / output scale / reduced_count.
  Int8Output output;
};

// Checks the operator and leaves a MeanInt8 as its data.
//
// kInvalidModel: axes that the input does not have, another output shape than they leave, missing
//   options or quantization.
// kUnsupported: another output type than int8, axes that the model computes, more than four axes,
//   or sums that do not fit 32 bits.
Verdict PrepareMeanInt8(PrepareContext& context);

// Offset in the input of the index-th combination of positions along `axes`, the last axis fastest.
constexpr int32_t MeanOffset(const MeanAxes& axes, int32_t index) {
  int32_t offset = 0;
  for (int32_t i = kMaxMeanRank - 1; i >= 0; --i) {
    offset += index % axes.extents[i] * axes.steps[i];
    index /= axes.extents[i];
  }
  return offset;
}

}  // namespace earshot
