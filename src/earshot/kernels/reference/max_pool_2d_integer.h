// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of MAX_POOL_2D on int8 and int16.
#pragma once

#include <cstdint>
#include <limits>

#include "earshot/kernels/pool_2d.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// The largest stored value of one channel in the window at [y][x]; input and output have the same
// scale and zero point.
template <typename T>
int32_t IntegerWindowMaximum(const Pool2DShape& shape, const T* image, int32_t y, int32_t x,
                             int32_t channel) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  int32_t maximum = std::numeric_limits<T>::min();
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t row = InputPosition(height, y, tap_y) * width.input;
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const int32_t value =
          image[(row + InputPosition(width, x, tap_x)) * shape.channels + channel];
      maximum = value > maximum ? value : maximum;
    }
  }
  return maximum;
}

template <typename T>
void InvokeMaxPool2DInteger(const InvokeContext& context) {
  const auto& data = context.data<Pool2DInteger>();
  const Pool2DShape& shape = data.shape;
  const FilterWindow& window = shape.window;
  const auto* image = context.input<T>(0);
  auto* output = context.output<T>(0);
  const int32_t image_size = window.height.input * window.width.input * shape.channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch, image += image_size) {
    for (int32_t y = 0; y < window.height.output; ++y) {
      for (int32_t x = 0; x < window.width.output; ++x) {
        for (int32_t c = 0; c < shape.channels; ++c) {
          const int32_t maximum = IntegerWindowMaximum(shape, image, y, x, c);
          *output++ = ToStored<T>(maximum - data.output.zero_point, data.output);
        }
      }
    }
  }
}

}  // namespace earshot::reference
