// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/gather_nd.h"

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/window_place.h"

namespace earshot::reference {
namespace {

void InvokeGatherNd(const InvokeContext& context) {
  const auto& data = context.data<GatherNd>();
  const auto* axes = context.array<PlaceAxis>(data.axes_offset);
  const auto* input = context.input<uint8_t>(0);
  const auto* numbers = context.input<int32_t>(1);
  auto* output = context.output<uint8_t>(0);
  for (int32_t place = 0; place < data.places; ++place, output += data.row_bytes) {
    uint32_t bytes = 0;
    for (int32_t i = 0; i < data.numbers; ++i) bytes += BytesTo(*numbers++, axes[i]);
    std::memcpy(output, input + bytes, data.row_bytes);
  }
}

}  // namespace

const Kernel kGatherNd = {kGatherNdKey, PrepareGatherNd, InvokeGatherNd};

}  // namespace earshot::reference
