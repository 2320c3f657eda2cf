// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/space_batch_pixels.h"
#include "earshot/kernels/space_to_batch.h"

namespace earshot::reference {
namespace {

void InvokeSpaceToBatchNd(const InvokeContext& context) {
  const auto& data = context.data<SpaceBatch>();
  const auto* input = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  std::memset(output, static_cast<uint8_t>(data.zero), data.batch_bytes);
  ForEachSpacePixel(data, [&](uint32_t space, uint32_t batch) {
    std::memcpy(output + batch, input + space, data.pixel_bytes);
  });
}

}  // namespace

const Kernel kSpaceToBatchNd = {kSpaceToBatchNdKey, PrepareSpaceToBatchNd, InvokeSpaceToBatchNd};

}  // namespace earshot::reference
