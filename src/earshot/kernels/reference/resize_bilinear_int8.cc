// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/resize_pixels.h"
#include "earshot/kernels/resize_bilinear.h"

namespace earshot::reference {
namespace {

constexpr int32_t kResizeOne = 1 << 10;  // Distances are in units of 1/1024.

// Distances are from -1/2 to 1 but where the scale's rounding has led beyond the image: there both
// neighbours are the last place, and any distance gives its value.
Neighbors<int64_t> FindInt8(const ResizeBilinearInt8& data, const ResizeAxisInt8& axis,
                            int32_t place) {
  int32_t exact = place * axis.scale;
  if (data.half_pixel_centers != 0) exact += axis.scale / 2 - kResizeOne / 2;
  const int32_t first = InsideImage(exact / kResizeOne, axis.input);
  const int32_t second = InsideImage((exact + kResizeOne - 1) / kResizeOne, axis.input);
  return {first, second, exact - kResizeOne * first};
}

int8_t BlendInt8(int8_t a, int8_t b, int8_t c, int8_t d, int64_t y, int64_t x) {
  const int64_t above = a * (kResizeOne - x) + b * x;
  const int64_t below = c * (kResizeOne - x) + d * x;
  const int64_t sum = above * (kResizeOne - y) + below * y;
  constexpr int64_t kHalf = int64_t{kResizeOne} * kResizeOne / 2;
  return static_cast<int8_t>((sum + (sum > 0 ? kHalf : -kHalf)) / (2 * kHalf));
}

void InvokeResizeBilinearInt8(const InvokeContext& context) {
  ForEachResizedPixel(context.data<ResizeBilinearInt8>(), context.input<int8_t>(0),
                      context.output<int8_t>(0), FindInt8, BlendInt8);
}

}  // namespace

const Kernel kResizeBilinearInt8 = {kResizeBilinearInt8Key, PrepareResizeBilinearInt8,
                                    InvokeResizeBilinearInt8};

}  // namespace earshot::reference
