// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MIRROR_PAD: a tensor with its own mirror image around it, without its outermost elements
// (REFLECT) or with them (SYMMETRIC).
//
//   input 0: any rank
//   input 1: constant int32 or int64 [rank, 2], how many before and after along each axis
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant paddings; same quantization in and out.
constexpr KernelKey kMirrorPadKey(BuiltinOperator::MIRROR_PAD);

struct MirrorAxis {
  int32_t input;  // Extents.
  int32_t output;
  int32_t before;
  uint32_t step;  // Of the input, in bytes.
};

struct MirrorPad {
  int32_t rank;
  int32_t skipped;  // Of the outermost elements, in the mirror: 1 or 0.
  int32_t count;    // Elements of the output.
  uint32_t element_bytes;
  uint32_t axes_offset;  // MirrorAxis[rank].
};

// Checks the operator and leaves a MirrorPad as its data, for any type of plain elements.
//
// kInvalidModel: no options, negative paddings, more than the mirror shows, another output shape.
// kUnsupported: paddings that the model computes, an unknown mode, an output of another type or
//   quantization.
Verdict PrepareMirrorPad(PrepareContext& context);

}  // namespace earshot
