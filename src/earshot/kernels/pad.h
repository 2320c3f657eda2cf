// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PAD: a tensor with zeros (in int8: the zero point) around it.
//
//   input 0: rank 1 to 4
//   input 1: constant int32 [rank, 2], how many before and after along each axis
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant paddings, up to 4 axes.
constexpr KernelKey kPadInt8Key(BuiltinOperator::PAD, TensorType::INT8);

constexpr int32_t kMaxPadRank = 4;

// Brought to four axes by extents of 1 in front.
struct PadInt8 {
  int32_t input[kMaxPadRank];
  int32_t output[kMaxPadRank];
  int32_t before[kMaxPadRank];
  int32_t value;
};

// Checks the operator and leaves a PadInt8 as its data.
//
// kInvalidModel: negative paddings, another output shape than they make, missing quantization.
// kUnsupported: another output type than int8, paddings that the model computes or that are no
//   int32, more than four axes, an output that is quantized unlike the input.
Verdict PreparePadInt8(PrepareContext& context);

}  // namespace earshot
