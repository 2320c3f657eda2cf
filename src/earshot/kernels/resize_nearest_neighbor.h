// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RESIZE_NEAREST_NEIGHBOR: images of another size, each pixel being one of the input.
//
//   input 0: [images, height, width, channels]
//   input 1: constant int32 [2], the output's height and width
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant size; same quantization in and out.
constexpr KernelKey kResizeNearestNeighborKey(BuiltinOperator::RESIZE_NEAREST_NEIGHBOR);

// Extents of both images: float is exact on them.
constexpr int32_t kMaxResizeExtent = 1 << 20;

// All in bytes, so that one loop serves every type.
struct ResizeNearestNeighbor {
  int32_t images;
  int32_t height;  // Of the output.
  int32_t width;
  uint32_t image_bytes;  // Of the input.
  uint32_t pixel_bytes;
  uint32_t rows_offset;     // uint32_t[height]: where each row is taken from in an image ...
  uint32_t columns_offset;  // ... uint32_t[width]: and each pixel in such a row.
};

// The shape of an operator that makes images of another size: [images, height, width, channels] in
// and out, and the output's height and width as input 1 says.
//
// kInvalidModel: another rank, other images or channels, another size than input 1's.
// kUnsupported: a size that the model computes, extents beyond kMaxResizeExtent.
Verdict CheckResize(const PrepareContext& context);

// Checks the operator and leaves a ResizeNearestNeighbor as its data, for any type of plain
// elements. Places are computed in float, as the format defines them.
//
// kInvalidModel: no options, and see CheckResize().
// kUnsupported: an output of another type or quantization, and see CheckResize().
Verdict PrepareResizeNearestNeighbor(PrepareContext& context);

}  // namespace earshot
