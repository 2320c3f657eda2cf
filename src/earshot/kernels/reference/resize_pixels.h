// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of RESIZE_BILINEAR.
#pragma once

#include <cstdint>

#include "earshot/kernels/resize_bilinear.h"

namespace earshot::reference {

// Between which two places of the input one of the output lies, and how far behind the first.
template <typename Distance>
struct Neighbors {
  int32_t first;
  int32_t second;
  Distance distance;
};

constexpr int32_t InsideImage(int32_t place, int32_t extent) {
  if (place < 0) return 0;
  return place < extent ? place : extent - 1;
}

// blend(a, b, c, d, y, x): of one channel, a and b above, c and d below.
// find(data, axis, place): its Neighbors.
template <typename T, typename Axis, typename Find, typename Blend>
void ForEachResizedPixel(const ResizeBilinear<Axis>& data, const T* image, T* output,
                         const Find& find, const Blend& blend) {
  const int32_t row = data.width.input * data.channels;
  for (int32_t i = 0; i < data.images; ++i, image += data.height.input * row) {
    for (int32_t y = 0; y < data.height.output; ++y) {
      const auto rows = find(data, data.height, y);
      const T* above = image + rows.first * row;
      const T* below = image + rows.second * row;
      for (int32_t x = 0; x < data.width.output; ++x) {
        const auto columns = find(data, data.width, x);
        const int32_t left = columns.first * data.channels;
        const int32_t right = columns.second * data.channels;
        for (int32_t c = 0; c < data.channels; ++c) {
          *output++ = blend(above[left + c], above[right + c], below[left + c], below[right + c],
                            rows.distance, columns.distance);
        }
      }
    }
  }
}

}  // namespace earshot::reference
