// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/space_batch_pixels.h"
#include "earshot/kernels/space_to_batch.h"

namespace earshot::reference {
namespace {

void InvokeBatchToSpaceNd(const InvokeContext& context) {
  const auto& data = context.data<SpaceBatch>();
  const auto* input = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  ForEachSpacePixel(data, [&](uint32_t space, uint32_t batch) {
    std::memcpy(output + space, input + batch, data.pixel_bytes);
  });
}

}  // namespace

const Kernel kBatchToSpaceNd = {kBatchToSpaceNdKey, PrepareBatchToSpaceNd, InvokeBatchToSpaceNd};

}  // namespace earshot::reference
