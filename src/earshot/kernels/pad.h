// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PAD and PADV2: a tensor with something around it, PADV2 with a given number, PAD with zeros
// (where a byte is quantized: its zero point).
//
//   input 0: rank 0 to 8
//   input 1: constant int32 [rank, 2], how many before and after along each axis
//   input 2: PADV2's number, one element of input 0's type
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant paddings, up to 8 axes; same quantization in and out.
constexpr KernelKey kPadKey(BuiltinOperator::PAD);
constexpr KernelKey kPadV2Key(BuiltinOperator::PADV2);

struct Pad {
  StridedCopy inside;  // Of the input, into an output that is full of the number.
  uint32_t output_bytes;
  uint32_t element_bytes;
  uint32_t zero;  // PAD's number: each of its bytes.
};

// Each byte of the number that stands for 0 in a tensor of plain elements.
uint32_t ZeroByte(const TensorInfo& tensor);

// Each checks its operator and leaves a Pad as its data, for any type of plain elements.
//
// kInvalidModel: negative paddings, another output shape than they make.
// kUnsupported: paddings that the model computes or that are no int32, more than eight axes, an
//   output of another type or quantized unlike the input.
Verdict PreparePad(PrepareContext& context);
Verdict PreparePadV2(PrepareContext& context);

}  // namespace earshot
