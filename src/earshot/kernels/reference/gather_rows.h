// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of operators whose data is a Gather.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/kernels/gather.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// take(row): one row of the input, for each of the output's rows in order.
template <typename Take>
void ForEachRow(const Gather& data, const int32_t* places, const uint8_t* input, const Take& take) {
  const uint32_t axis_bytes = static_cast<uint32_t>(data.extent) * data.row_bytes;
  for (int32_t list = 0; list < data.lists; ++list, places += data.places) {
    for (int32_t repeat = 0; repeat < data.repeats; ++repeat, input += axis_bytes) {
      for (int32_t i = 0; i < data.places; ++i) {
        take(input + static_cast<uint32_t>(PlaceInside(places[i], data.extent)) * data.row_bytes);
      }
    }
  }
}

inline void GatherRows(const InvokeContext& context, const int32_t* places, const uint8_t* input) {
  const auto& data = context.data<Gather>();
  auto* output = context.output<uint8_t>(0);
  ForEachRow(data, places, input, [&](const uint8_t* row) {
    std::memcpy(output, row, data.row_bytes);
    output += data.row_bytes;
  });
}

// For any type.
inline void InvokeEmbeddingLookup(const InvokeContext& context) {
  GatherRows(context, context.input<int32_t>(0), context.input<uint8_t>(1));
}

}  // namespace earshot::reference
