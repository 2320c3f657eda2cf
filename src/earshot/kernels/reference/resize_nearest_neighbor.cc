// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/resize_nearest_neighbor.h"

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeResizeNearestNeighbor(const InvokeContext& context) {
  const auto& data = context.data<ResizeNearestNeighbor>();
  const auto* rows = context.array<uint32_t>(data.rows_offset);
  const auto* columns = context.array<uint32_t>(data.columns_offset);
  const auto* image = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  for (int32_t i = 0; i < data.images; ++i, image += data.image_bytes) {
    for (int32_t y = 0; y < data.height; ++y) {
      for (int32_t x = 0; x < data.width; ++x, output += data.pixel_bytes) {
        std::memcpy(output, image + rows[y] + columns[x], data.pixel_bytes);
      }
    }
  }
}

}  // namespace

const Kernel kResizeNearestNeighbor = {kResizeNearestNeighborKey, PrepareResizeNearestNeighbor,
                                       InvokeResizeNearestNeighbor};

}  // namespace earshot::reference
