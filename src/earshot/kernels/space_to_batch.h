// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: the pixels of each place in a block become an image of
// their own, and back.
//
//   space: [images, height, width, channels], or without the width
//   batch: [block height * block width * images, (height + what is put around it) / block height,
//          ..., channels]
//   input 1: constant int32 [1 or 2], the block
//   input 2: constant int32 [1 or 2, 2], what is put around the space (zeros; of quantized bytes:
//   the
//            zero point), or cut from it on the way back: before and after
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: rank 3 or 4; constant block, paddings and crops; same quantization in and out.
constexpr KernelKey kBatchToSpaceNdKey(BuiltinOperator::BATCH_TO_SPACE_ND);
constexpr KernelKey kSpaceToBatchNdKey(BuiltinOperator::SPACE_TO_BATCH_ND);

struct SpaceBatchAxis {
  int32_t space;  // The extent of either tensor.
  int32_t batch;
  int32_t block;
  int32_t before;  // What is put in front of the space, or cut from it.
};

struct SpaceBatch {
  int32_t images;  // Of the space.
  SpaceBatchAxis height;
  SpaceBatchAxis width;
  uint32_t pixel_bytes;
  uint32_t batch_bytes;
  uint32_t zero;  // Each byte of the number that is put around it.
};

// Each checks its operator and leaves a SpaceBatch as its data, for any type of plain elements.
//
// kInvalidModel: another rank, a block below 1, negative paddings or crops, shapes that do not go
//   together.
// kUnsupported: a block, paddings or crops that the model computes, an output of another type or
//   quantization.
Verdict PrepareBatchToSpaceNd(PrepareContext& context);
Verdict PrepareSpaceToBatchNd(PrepareContext& context);

}  // namespace earshot
