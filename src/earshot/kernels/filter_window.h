// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A window that moves over the height and width of images: what convolutions and pools share.
//
// Images are [batches, height, width, channels].
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// One axis. Output position o with tap t looks at input position o * stride - padding +
// t * dilation, which may lie outside of the input; all of that arithmetic fits int32_t.
struct FilterAxis {
  int32_t input;
  int32_t output;
  int32_t filter;
  int32_t stride;
  int32_t dilation;
  int32_t padding;
};

struct FilterWindow {
  FilterAxis height;
  FilterAxis width;
};

constexpr int32_t InputPosition(const FilterAxis& axis, int32_t output, int32_t tap) {
  return output * axis.stride - axis.padding + tap * axis.dilation;
}

// The taps that look at the input from an output position: [begin, end). Empty where all of a
// dilated filter's taps lie outside.
struct TapRange {
  int32_t begin;
  int32_t end;
};

constexpr TapRange TapsInside(const FilterAxis& axis, int32_t output) {
  const int32_t first = InputPosition(axis, output, 0);  // Less than axis.input.
  const int32_t begin = first < 0 ? (-first + axis.dilation - 1) / axis.dilation : 0;
  const int32_t end = (axis.input - first - 1) / axis.dilation + 1;
  return {begin, end < axis.filter ? end : axis.filter};
}

// What an operator's options say about its window, whatever their table is called.
struct FilterOptions {
  schema::Padding padding;
  int32_t stride_h;
  int32_t stride_w;
  int32_t dilation_h;
  int32_t dilation_w;
};

// Checks the window and that it makes an output of the size that the file declares.
// kInvalidModel: sizes, strides or dilations below 1, unknown padding, or another output size.
// kUnsupported: larger than any real image.
// Preconditions: input and output are images (rank 4).
Verdict MakeFilterWindow(const PrepareContext& context, const FilterOptions& options,
                         int32_t filter_h, int32_t filter_w, const TensorInfo& input,
                         const TensorInfo& output, FilterWindow* window);

// kInvalidModel unless both are images of the same number of batches.
Verdict CheckImages(const PrepareContext& context, const TensorInfo& input,
                    const TensorInfo& output);

// Offset of element [batch][y][x][channel] in an image of that height and width.
constexpr int32_t ImageOffset(int32_t batch, int32_t height, int32_t y, int32_t width, int32_t x,
                              int32_t channels, int32_t channel = 0) {
  return ((batch * height + y) * width + x) * channels + channel;
}

}  // namespace earshot
