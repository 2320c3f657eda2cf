// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SPACE_TO_DEPTH and DEPTH_TO_SPACE: blocks of pixels become channels of one pixel, and back.
//
//   space: [images, height * block, width * block, channels]
//   depth: [images, height, width, block * block * channels], a block's pixels in their order
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: same quantization in and out.
constexpr KernelKey kDepthToSpaceKey(BuiltinOperator::DEPTH_TO_SPACE);
constexpr KernelKey kSpaceToDepthKey(BuiltinOperator::SPACE_TO_DEPTH);

// Each checks its operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: no options, another rank than 4, a block below 1, shapes that do not go together.
// kUnsupported: an output of another type or quantization.
Verdict PrepareDepthToSpace(PrepareContext& context);
Verdict PrepareSpaceToDepth(PrepareContext& context);

}  // namespace earshot
