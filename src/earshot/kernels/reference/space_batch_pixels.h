// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND.
#pragma once

#include <cstdint>

#include "earshot/kernels/space_to_batch.h"

namespace earshot::reference {

// move(space, batch): where a pixel begins in each of the tensors, in bytes; for each of the
// space's pixels in order.
template <typename Move>
void ForEachSpacePixel(const SpaceBatch& data, const Move& move) {
  const SpaceBatchAxis& height = data.height;
  const SpaceBatchAxis& width = data.width;
  uint32_t space = 0;
  for (int32_t i = 0; i < data.images; ++i) {
    for (int32_t y = 0; y < height.space; ++y) {
      for (int32_t x = 0; x < width.space; ++x, space += data.pixel_bytes) {
        const int32_t row = y + height.before;
        const int32_t column = x + width.before;
        const int32_t place = row % height.block * width.block + column % width.block;
        const int32_t image = place * data.images + i;
        const int32_t pixel =
            (image * height.batch + row / height.block) * width.batch + column / width.block;
        move(space, static_cast<uint32_t>(pixel) * data.pixel_bytes);
      }
    }
  }
}

}  // namespace earshot::reference
