// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The root of the mean square of one channel in the window at [y][x].
float WindowRootOfMeanSquare(const Pool2DShape& shape, const float* image, int32_t y, int32_t x,
                             int32_t channel) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  float sum = 0;
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t row = InputPosition(height, y, tap_y) * width.input;
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const float value = image[(row + InputPosition(width, x, tap_x)) * shape.channels + channel];
      sum += value * value;
    }
  }
  const int32_t count = (rows.end - rows.begin) * (columns.end - columns.begin);
  return std::sqrt(sum / static_cast<float>(count));
}

void InvokeL2Pool2DFloat32(const InvokeContext& context) {
  const auto& data = context.data<Pool2DFloat32>();
  const Pool2DShape& shape = data.shape;
  const FilterWindow& window = shape.window;
  const auto* image = context.input<float>(0);
  auto* output = context.output<float>(0);
  const int32_t image_size = window.height.input * window.width.input * shape.channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch, image += image_size) {
    for (int32_t y = 0; y < window.height.output; ++y) {
      for (int32_t x = 0; x < window.width.output; ++x) {
        for (int32_t c = 0; c < shape.channels; ++c) {
          *output++ = Clamp(WindowRootOfMeanSquare(shape, image, y, x, c), data.output);
        }
      }
    }
  }
}

}  // namespace

const Kernel kL2Pool2DFloat32 = {kL2Pool2DFloat32Key, PreparePool2DFloat32, InvokeL2Pool2DFloat32};

}  // namespace earshot::reference
