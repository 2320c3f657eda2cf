// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The largest stored value of one channel in the window at [y][x]; input and output have the same
// scale and zero point.
int32_t WindowMaximum(const Pool2DShape& shape, const int8_t* image, int32_t y, int32_t x,
                      int32_t channel) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  int32_t maximum = INT8_MIN;
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

void InvokeMaxPool2DInt8(const InvokeContext& context) {
  const auto& data = context.data<Pool2DInt8>();
  const Pool2DShape& shape = data.shape;
  const FilterWindow& window = shape.window;
  const auto* image = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  const int32_t image_size = window.height.input * window.width.input * shape.channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch, image += image_size) {
    for (int32_t y = 0; y < window.height.output; ++y) {
      for (int32_t x = 0; x < window.width.output; ++x) {
        for (int32_t c = 0; c < shape.channels; ++c) {
          const int32_t maximum = WindowMaximum(shape, image, y, x, c);
          *output++ = ToInt8(maximum - data.output.zero_point, data.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kMaxPool2DInt8 = {kMaxPool2DInt8Key, PreparePool2DInt8, InvokeMaxPool2DInt8};

}  // namespace earshot::reference
