// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RESIZE_BILINEAR: images of another size, each pixel being made of the four around its place in
// the input.
//
//   input 0: [images, height, width, channels]
//   input 1: constant int32 [2], the output's height and width
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant size.
constexpr KernelKey kResizeBilinearFloat32Key(BuiltinOperator::RESIZE_BILINEAR,
                                              TensorType::FLOAT32);
// Limits: constant size; same quantization in and out.
constexpr KernelKey kResizeBilinearInt8Key(BuiltinOperator::RESIZE_BILINEAR, TensorType::INT8);
// Limits: constant size; same quantization in and out; computed in float32, as in TensorFlow Lite.
constexpr KernelKey kResizeBilinearUint8Key(BuiltinOperator::RESIZE_BILINEAR, TensorType::UINT8);

// One axis of the images. `scale` is that of the input to the output: for float32 and uint8 in
// float, for int8 in units of 1/1024.
struct ResizeAxisFloat32 {
  int32_t input;
  int32_t output;
  float scale;
};
struct ResizeAxisInt8 {
  int32_t input;
  int32_t output;
  int32_t scale;
};

template <typename Axis>
struct ResizeBilinear {
  int32_t images;
  int32_t channels;
  int32_t half_pixel_centers;  // Or else pixels lie at their corners.
  Axis height;
  Axis width;
};

using ResizeBilinearFloat32 = ResizeBilinear<ResizeAxisFloat32>;
using ResizeBilinearInt8 = ResizeBilinear<ResizeAxisInt8>;

// Each checks its operator and leaves a ResizeBilinear of its type as its data.
//
// kInvalidModel: no options, both align_corners and half_pixel_centers, and see CheckResize()
//   (earshot/kernels/resize_nearest_neighbor.h).
// kUnsupported: an output of another type or quantization, and see CheckResize().
// The first is for uint8, too.
Verdict PrepareResizeBilinearFloat32(PrepareContext& context);
Verdict PrepareResizeBilinearInt8(PrepareContext& context);

}  // namespace earshot
