// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The walk that all pools share: window after window, and in each the values of one channel.
#pragma once

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// What a window's values come to, as it is stored. Input and output of integers have the same scale
// and zero point.
template <typename T>
T PoolOutput(int32_t value, const IntegerOutput& output) {
  return ToStored<T>(value - output.zero_point, output);
}
template <typename T>
T PoolOutput(T value, const FloatRange& output) {
  return Clamp(value, output);
}

// For operators whose data is a Data. `add` takes what was found so far, at first `start`, and a
// value; `finish` takes what was found of all, and how many values there were.
template <typename Data, typename T, typename Total, typename Add, typename Finish>
void PoolWindows(const InvokeContext& context, Total start, Add add, Finish finish) {
  const auto& data = context.data<Data>();
  const int32_t channels = data.shape.channels;
  const FilterAxis& height = data.shape.window.height;
  const FilterAxis& width = data.shape.window.width;
  const auto* image = context.input<T>(0);
  auto* output = context.output<T>(0);
  const int32_t image_size = height.input * width.input * channels;
  for (int32_t batch = 0; batch < data.shape.batches; ++batch, image += image_size) {
    for (int32_t y = 0; y < height.output; ++y) {
      const TapRange rows = TapsInside(height, y);
      for (int32_t x = 0; x < width.output; ++x) {
        const TapRange columns = TapsInside(width, x);
        const int32_t count = (rows.end - rows.begin) * (columns.end - columns.begin);
        for (int32_t c = 0; c < channels; ++c) {
          Total total = start;
          for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
            const int32_t row = InputPosition(height, y, tap_y) * width.input;
            for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
              total = add(total, image[(row + InputPosition(width, x, tap_x)) * channels + c]);
            }
          }
          *output++ = PoolOutput<T>(finish(total, count), data.output);
        }
      }
    }
  }
}

}  // namespace earshot::reference
