// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/gather.h"
#include "earshot/kernels/reference/gather_rows.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeEmbeddingLookupInt8ToFloat32(const InvokeContext& context) {
  const auto& data = context.data<Gather>();
  auto* output = context.output<float>(0);
  ForEachRow(data, context.input<int32_t>(0), context.input<uint8_t>(1), [&](const uint8_t* row) {
    for (uint32_t i = 0; i < data.row_bytes; ++i) {
      *output++ = data.scale * static_cast<float>(static_cast<int8_t>(row[i]));
    }
  });
}

}  // namespace

const Kernel kEmbeddingLookupInt8ToFloat32 = {kEmbeddingLookupInt8ToFloat32Key,
                                              PrepareEmbeddingLookupInt8ToFloat32,
                                              InvokeEmbeddingLookupInt8ToFloat32};

}  // namespace earshot::reference
